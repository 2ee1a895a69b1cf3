package dev.pintle.exchange;

/** A journal in which nothing stands. */
final class Blank implements Journal, Journal.Leg {
    @Override
    public Leg attempt(Exchange exchange, String target) {
        return this;
    }

    @Override
    public Exchange carried(Exchange exchange) {
        return exchange;
    }

    @Override
    public void ended(int status, String outcome) {}

    @Override
    public void ended(Exchange exchange, Outcome outcome) {}
}
