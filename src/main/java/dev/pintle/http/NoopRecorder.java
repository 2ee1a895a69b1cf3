package dev.pintle.http;

/** A recorder that records nothing. */
final class NoopRecorder implements ExchangeRecorder, ExchangeRecorder.AttemptRecorder {
    @Override
    public AttemptRecorder attempt(Exchange exchange, String target) {
        return this;
    }

    @Override
    public Exchange carried(Exchange exchange) {
        return exchange;
    }

    @Override
    public void ended(int status, String outcome) {}

    @Override
    public void ended(Exchange exchange, ExchangeResult outcome) {}
}
