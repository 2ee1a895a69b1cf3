package dev.pintle.store;

import dev.pintle.history.ConfirmationTerms;
import org.jspecify.annotations.Nullable;

/**
 * The writer of a revision, the reason, and the terms on which it stays.
 *
 * @param name the name of the token, or of the command
 * @param reason the reason as the writer gave it
 * @param call the call of the admin API; null for a command
 * @param confirmation the terms of a revision that waits for its confirmation; null for one that does not
 * @param awaited whether the author waits until every node serves the revision
 */
public record Author(
        String name,
        @Nullable String reason,
        @Nullable AuditedCall call,
        @Nullable ConfirmationTerms confirmation,
        boolean awaited) {
    /** The author of a revision that no call of the admin API makes. */
    public Author(String name, @Nullable String reason) {
        this(name, reason, null);
    }

    /** The author of a revision that needs no confirmation. */
    public Author(String name, @Nullable String reason, @Nullable AuditedCall call) {
        this(name, reason, call, null, false);
    }

    /** The same author on other terms. */
    public Author on(@Nullable ConfirmationTerms terms) {
        return new Author(name, reason, call, terms, awaited);
    }

    /** The same author, who waits until every node serves the revision, or does not wait. */
    public Author awaiting(boolean waits) {
        return new Author(name, reason, call, confirmation, waits);
    }
}
