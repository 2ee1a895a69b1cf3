package dev.pintle.store;

import org.jspecify.annotations.Nullable;

/**
 * The writer of a revision and the reason.
 *
 * @param name the name of the token, or of the command
 * @param reason the reason as the writer gave it
 * @param call the call of the admin API; null for a command
 */
public record Author(
        String name, @Nullable String reason, @Nullable AuditedCall call) {
    /** The author of a revision that no call of the admin API makes. */
    public Author(String name, @Nullable String reason) {
        this(name, reason, null);
    }
}
