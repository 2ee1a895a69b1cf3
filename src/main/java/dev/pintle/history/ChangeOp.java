package dev.pintle.history;

import java.util.Locale;

/** The effect of a revision on one document. */
public enum ChangeOp {
    CREATE,
    UPDATE,
    DELETE;

    /** The name in responses of the admin API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
