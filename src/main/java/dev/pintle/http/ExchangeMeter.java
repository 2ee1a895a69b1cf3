package dev.pintle.http;

/** Counts exchanges. Safe for all threads. */
public interface ExchangeMeter {
    /** An exchange is in its care from now on. */
    void began();

    /** The exchange went on into another's care. */
    void transferred();

    /** The exchange ended in its care; all that can be known of it is in its facts. */
    void ended(ExchangeContext context, ExchangeResult outcome);
}
