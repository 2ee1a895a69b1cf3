package dev.pintle.http;

/** The targets that a further attempt of an exchange can reach. */
public enum RetryDestination {
    /** No target is available. */
    NOWHERE,
    /** Only targets that this exchange tried before. */
    SAME_TARGET,
    /** A target that this exchange did not try yet. */
    OTHER_TARGET
}
