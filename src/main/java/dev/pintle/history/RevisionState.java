package dev.pintle.history;

import java.util.Locale;

/** The state of a revision. */
public enum RevisionState {
    /** The latest revision; the nodes serve it. */
    LIVE,
    /** An earlier revision. */
    PAST,
    /** The latest revision, which the gateway reverts unless an operator confirms it. */
    UNCONFIRMED,
    /** An earlier revision that a later one reverted. */
    REVERTED;

    /** The name in the database and in responses of the admin API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the state of a name.
     *
     * @throws IllegalArgumentException when a later version of Pintle wrote the name
     */
    public static RevisionState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
