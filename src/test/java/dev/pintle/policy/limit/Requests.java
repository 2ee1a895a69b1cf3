package dev.pintle.policy.limit;

import dev.pintle.Exchanges;
import dev.pintle.exchange.Body;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Headers;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.time.Duration;

/** Requests by who sends them. */
final class Requests {
    private Requests() {}

    static Exchange from(String address, String... headers) {
        TimeBudget budget = new TimeBudget(Duration.ofSeconds(10), Ticker.SYSTEM);
        return Exchanges.of("GET", "/", Headers.of(headers), Body.EMPTY, address, budget);
    }
}
