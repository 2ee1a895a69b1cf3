package dev.pintle.policy.ratelimit;

import java.util.Locale;

/** What holds while the nodes cannot count together. */
public enum RedisFailureMode {
    /** Each node enforces its part of the limit. */
    SPLIT,
    /** All requests pass, and are counted for the time when Redis is back. */
    ALLOW,
    /** No request passes. */
    DENY;

    /**
     * The one of that name, as operators write it.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static RedisFailureMode named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** What comes of a node's decision when it had to decide alone. */
    RateLimitDecision applied(RateLimitDecision decision) {
        if (!decision.alone() || this == SPLIT) {
            return decision;
        }
        return new RateLimitDecision(this == ALLOW, decision.left(), decision.nanosToNext(), true);
    }
}
