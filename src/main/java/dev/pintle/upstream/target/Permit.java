package dev.pintle.upstream.target;

/** Permission for one attempt. The caller returns it when the attempt ends, whatever the outcome. */
@FunctionalInterface
public interface Permit {
    /** A permit that is not counted. */
    Permit FREE = verdict -> {};

    void end(AttemptVerdict verdict);

    /** After {@link AttemptVerdict#SUCCESS}: the response is complete. */
    default void completed() {}

    /** After {@link AttemptVerdict#SUCCESS}: the response broke off after its head. */
    default void brokeOff() {}
}
