package dev.pintle.upstream.target;

/** Leave to make one attempt, to be given back at its end, whatever that is. */
@FunctionalInterface
public interface Permit {
    /** Leave that nobody counts. */
    Permit FREE = verdict -> {};

    void end(AttemptVerdict verdict);

    /** The response broke off behind its head, which had ended this with {@link AttemptVerdict#SUCCESS}. */
    default void brokeOff() {}
}
