package dev.pintle.http;

/** Where a further attempt of an exchange could go. */
public enum RetryDestination {
    /** No target would be asked. */
    NOWHERE,
    /** To targets that were asked before, in this exchange. */
    SAME_TARGET,
    /** To a target that was not asked yet. */
    OTHER_TARGET
}
