package dev.pintle.policy.ratelimit;

/** The availability of a token. */
enum Stock {
    READY,
    EMPTY,
    /** The node has to query Redis. */
    UNKNOWN
}
