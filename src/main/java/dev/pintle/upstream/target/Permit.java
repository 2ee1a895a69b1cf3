package dev.pintle.upstream.target;

/** Leave to make one attempt, to be given back at its end, whatever that is. */
@FunctionalInterface
public interface Permit {
    /** Leave that nobody counts. */
    Permit FREE = verdict -> {};

    void end(AttemptVerdict verdict);
}
