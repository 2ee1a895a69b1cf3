package dev.pintle.upstream.loadbalancing;

import java.util.Locale;

/** How the targets of a route share its requests. */
public enum LoadBalancing {
    /** In turn, by weight. */
    ROUND_ROBIN,
    /** Of two that chance picks by weight, the one that has less to do. */
    LEAST_REQUESTS,
    /** The same key to the same target, as long as that can be asked. */
    CONSISTENT_HASH;

    /**
     * The one that a route names, such as {@code round-robin}.
     *
     * @throws IllegalArgumentException when nothing is named so
     */
    public static LoadBalancing named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
