package dev.pintle.policy.ratelimit;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.Headers;
import dev.pintle.testing.Exchanges;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.time.Duration;

/** Creates requests of clients. */
final class Requests {
    private Requests() {}

    static Exchange from(String address, String... headers) {
        TimeBudget budget = new TimeBudget(Duration.ofSeconds(10), Ticker.SYSTEM);
        return Exchanges.of("GET", "/", Headers.of(headers), Body.EMPTY, address, budget);
    }
}
