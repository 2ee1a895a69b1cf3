package dev.pintle.policy.ratelimit;

/** What a rate limit does while Redis is unavailable. */
public enum RedisFailureMode {
    /** Each node enforces its share of the limit. */
    SPLIT,
    /** All requests pass. They count when Redis is back. */
    ALLOW,
    /** No request passes. */
    DENY
}
