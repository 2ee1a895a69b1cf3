package dev.pintle.exchange;

/** Counts exchanges. Safe for all threads. */
public interface Meter {
    /** An exchange is in its care from now on. */
    void began();

    /** The exchange went on into another's care. */
    void handedOn();

    /** The exchange ended in its care; all that can be known of it is in its facts. */
    void ended(Facts facts, Outcome outcome);
}
