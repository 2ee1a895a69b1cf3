package dev.pintle.policy.ratelimit;

/** The behavior of a rate limit while Redis is unavailable. */
public enum RedisFailureMode {
    /** Each node enforces its share of the limit. */
    SPLIT,
    /** All requests pass. They count when Redis is available again. */
    ALLOW,
    /** No request passes. */
    DENY
}
