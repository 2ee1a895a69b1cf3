package dev.pintle.upstream.target;

/** Leave to make one attempt, to be given back at its end, whatever that is. */
@FunctionalInterface
public interface Permit {
    /** Leave that nobody counts. */
    Permit FREE = verdict -> {};

    void end(AttemptVerdict verdict);

    /** After {@link AttemptVerdict#SUCCESS}: the response is over, and did not break off. */
    default void completed() {}

    /** After {@link AttemptVerdict#SUCCESS}: the response broke off behind its head. */
    default void brokeOff() {}
}
