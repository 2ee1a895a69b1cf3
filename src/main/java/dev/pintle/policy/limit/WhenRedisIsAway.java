package dev.pintle.policy.limit;

import java.util.Locale;

/** What holds while the nodes cannot count together. */
public enum WhenRedisIsAway {
    /** Each node enforces its part of the limit. */
    SHARE,
    /** All requests pass. */
    ALLOW,
    /** No request passes. */
    DENY;

    /**
     * The one of that name, as operators write it.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static WhenRedisIsAway named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
