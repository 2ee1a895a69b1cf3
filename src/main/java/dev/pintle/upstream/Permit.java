package dev.pintle.upstream;

/** Leave to make one attempt, to be given back at its end, whatever that is. */
@FunctionalInterface
interface Permit {
    /** Leave that nobody counts. */
    Permit FREE = verdict -> {};

    void end(Verdict verdict);
}
