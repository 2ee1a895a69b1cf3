package dev.pintle.admin.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The role of a token. Each role includes the permissions of the earlier ones in this list. */
public enum Role {
    /** May read everything. */
    VIEWER,
    /** May also read the audit table. */
    AUDITOR,
    /** May change the configuration and set overrides. */
    EDITOR;

    static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** The public name of the role. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }
}
