package dev.pintle.policy.ratelimit;

/** Whether a bucket has a token for a request. */
enum Stock {
    READY,
    EMPTY,
    /** Only Redis knows. */
    UNKNOWN
}
