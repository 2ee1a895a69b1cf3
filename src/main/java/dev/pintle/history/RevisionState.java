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

    /** The name in responses of the admin API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
