package dev.pintle.http;

/** What a distributed trace keeps of one exchange, if it keeps anything. Written by the thread of the exchange alone. */
public interface ExchangeRecorder {
    /** Keeps nothing. */
    ExchangeRecorder NONE = new NoopRecorder();

    /**
     * An attempt begins.
     *
     * @param exchange as it would be sent
     * @param target the URL of the target
     */
    AttemptRecorder attempt(Exchange exchange, String target);

    /** The exchange is over; all that can be known of it is in its facts. */
    void ended(Exchange exchange, ExchangeResult outcome);

    /** What is kept of one attempt. */
    interface AttemptRecorder {
        /** The exchange as this attempt sends it: the upstream hears whose child it is. */
        Exchange carried(Exchange exchange);

        /**
         * The attempt is over.
         *
         * @param status of the answer, 0 without one
         * @param outcome as the metrics have it
         */
        void ended(int status, String outcome);
    }
}
