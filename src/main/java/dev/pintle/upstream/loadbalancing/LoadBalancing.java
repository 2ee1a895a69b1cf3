package dev.pintle.upstream.loadbalancing;

import java.util.Locale;

/** The load balancing algorithms of a route. */
public enum LoadBalancing {
    /** Weighted round robin. */
    ROUND_ROBIN,
    /** The less busy of two targets, which are picked at random by weight. */
    LEAST_REQUESTS,
    /** The same target for the same key, as long as that target is available. */
    CONSISTENT_HASH;

    /**
     * Returns the algorithm of a name, such as {@code round-robin}.
     *
     * @throws IllegalArgumentException when the name is unknown
     */
    public static LoadBalancing named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
