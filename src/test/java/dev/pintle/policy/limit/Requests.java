package dev.pintle.policy.limit;

import dev.pintle.exchange.Body;
import dev.pintle.exchange.Client;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Facts;
import dev.pintle.exchange.GatewayRequest;
import dev.pintle.exchange.Headers;
import dev.pintle.exchange.Meter;
import dev.pintle.exchange.Outcome;
import dev.pintle.exchange.Trace;
import dev.pintle.exchange.TraceId;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.time.Duration;

/** Requests that have reached the policies of their route. */
final class Requests {
    private Requests() {}

    static Exchange from(String address, String... headers) {
        GatewayRequest request =
                new GatewayRequest("GET", "http", "localhost", "/", null, Headers.of(headers), Body.EMPTY);
        Trace trace = new Trace(new TraceId("0123456789abcdef0123456789abcdef"), "0123456789abcdef", "01", false);
        return new Exchange(
                request,
                new At(address),
                new Facts(trace, new Uncounted()),
                new TimeBudget(Duration.ofSeconds(1), Ticker.SYSTEM));
    }

    private record At(String address) implements Client {
        @Override
        public String peer() {
            return address;
        }

        @Override
        public boolean trusted() {
            return false;
        }

        @Override
        public int port() {
            return 80;
        }

        @Override
        public String protocol() {
            return "HTTP/1.1";
        }

        @Override
        public boolean takesTrailers() {
            return false;
        }

        @Override
        public void idle(Duration longest) {}

        @Override
        public void interim(int status, Headers headers) {}

        @Override
        public void abort() {}
    }

    private record Uncounted() implements Meter {
        @Override
        public void began() {}

        @Override
        public void handedOn() {}

        @Override
        public void ended(Outcome outcome) {}
    }
}
