package dev.pintle.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects rows of the audit table.
 *
 * @param limit the most rows
 * @param before the number that all rows are below
 * @param since the time that no row is before; null for any
 * @param author null for any
 * @param route a route that the attempts changed or named; null for any
 */
public record AuditQuery(
        int limit,
        long before,
        @Nullable Instant since,
        @Nullable String author,
        @Nullable String route) {}
