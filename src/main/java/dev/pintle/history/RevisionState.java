package dev.pintle.history;

import java.util.Locale;

/** What became of a revision. */
public enum RevisionState {
    /** The latest revision; the nodes serve it. */
    LIVE,
    /** An earlier revision. */
    PAST,
    /** The latest revision, which reverts by itself unless it is confirmed. */
    UNCONFIRMED,
    /** An earlier revision that a later one took back. */
    REVERTED;

    /** The name in the database and in answers of the admin API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state of a name.
     *
     * @throws IllegalArgumentException when a later version of Pintle wrote the name
     */
    public static RevisionState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
