package dev.pintle.admin.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the holder of a token may do; each role may do all that those above it in this list may. */
public enum Role {
    /** Looks at everything and changes nothing. */
    VIEWER,
    /** Looks at the audit table, too. */
    AUDITOR,
    /** Writes, and orders. */
    EDITOR;

    static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** The role as users see it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }
}
