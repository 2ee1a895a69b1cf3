package dev.pintle.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request of the admin API that tries to write.
 *
 * @param id the unique id of this request; a client cannot choose it
 * @param role of the token
 * @param peer the address of the client
 * @param path as sent
 * @param query as sent; null for none
 */
public record AuditedCall(
        UUID id,
        String role,
        String peer,
        String traceId,
        String method,
        String path,
        @Nullable String query) {}
