package dev.pintle.lint;

import java.util.Locale;

/** The weight of a finding. */
public enum Severity {
    /** Probably a mistake: a strict write is refused. */
    WARNING,
    /** Worth a look: a strict write passes. */
    NOTICE;

    /** The name in answers of the admin API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
