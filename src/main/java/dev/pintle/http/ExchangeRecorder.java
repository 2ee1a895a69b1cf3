package dev.pintle.http;

/** Records one exchange for a distributed trace. Used by the thread of the exchange. */
public interface ExchangeRecorder {
    /** Records nothing. */
    ExchangeRecorder NONE = new NoopRecorder();

    /**
     * Starts to record an attempt.
     *
     * @param exchange as it would be sent
     * @param target the URL of the target
     */
    AttemptRecorder attempt(Exchange exchange, String target);

    /** The exchange ended. Its context is complete. */
    void ended(Exchange exchange, ExchangeResult outcome);

    /** Records one attempt. */
    interface AttemptRecorder {
        /** The exchange with the trace headers of this attempt, so that spans of the upstream become its children. */
        Exchange carried(Exchange exchange);

        /**
         * The attempt ended.
         *
         * @param status of the response; 0 without one
         * @param outcome the label of the attempt in metrics
         */
        void ended(int status, String outcome);
    }
}
