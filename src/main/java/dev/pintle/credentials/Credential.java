package dev.pintle.credentials;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A credential of a consumer, without its secret.
 *
 * @param id unique among all credentials
 * @param name for operators
 * @param hash of the secret: hexadecimal SHA-256 of a key, a {@link PasswordHash}, or the name of a
 *     certificate
 * @param expires null: never
 */
public record Credential(
        String consumer,
        String id,
        Kind kind,
        String name,
        String hash,
        Instant created,
        @Nullable Instant expires) {
    /** The kinds of credentials. */
    public enum Kind {
        /** A key that the gateway created. Its text names the id. */
        KEY,
        /** A key of another gateway. Its hash is all that is known. */
        FOREIGN_KEY,
        PASSWORD,
        /** A name in client certificates. The hash is this name, which is no secret. */
        CERTIFICATE
    }

    /** The password of a consumer. */
    public static Credential password(String consumer, String hash, Instant created) {
        return new Credential(consumer, "password:" + consumer, Kind.PASSWORD, "password", hash, created, null);
    }

    public boolean isExpired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    /** Excludes the hash, because records reach logs. */
    @Override
    public String toString() {
        return kind + " " + id + " of " + consumer;
    }
}
