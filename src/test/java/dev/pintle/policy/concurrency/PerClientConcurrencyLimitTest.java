package dev.pintle.policy.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.http.Body;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.testing.Exchanges;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PerClientConcurrencyLimitTest {
    private final PerClientConcurrencyLimit share = new PerClientConcurrencyLimit(2);
    private final Handler streaming = share.around(
            exchange -> new FinalResponse(200, Headers.EMPTY, Body.of("stream".getBytes(StandardCharsets.UTF_8))));

    private static Exchange from(String address) {
        TimeBudget budget = new TimeBudget(Duration.ofSeconds(1), Ticker.SYSTEM);
        return Exchanges.of("GET", "/", Headers.EMPTY, Body.EMPTY, address, budget);
    }

    private FinalResponse ask(String address) {
        return (FinalResponse) streaming.handle(from(address));
    }

    @Test
    void aClientAtItsLimitIsRejectedAndOthersAreNot() {
        FinalResponse first = ask("203.0.113.9");
        ask("203.0.113.9");
        Exchange third = from("203.0.113.9");
        FinalResponse rejected = (FinalResponse) streaming.handle(third);
        assertThat(rejected.status()).isEqualTo(503);
        assertThat(rejected.headers().first("Retry-After")).isEqualTo("1");
        assertThat(third.context().code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(ask("203.0.113.10").status()).isEqualTo(200);
        rejected.body().close();
        first.body().close();
        assertThat(ask("203.0.113.9").status()).isEqualTo(200);
    }

    @Test
    void anIpv6NetworkIsOneClient() {
        ask("2001:db8:1:2::3");
        ask("2001:db8:1:2::4");
        assertThat(ask("2001:db8:1:2::5").status()).isEqualTo(503);
        assertThat(ask("2001:db8:1:3::5").status()).isEqualTo(200);
    }

    @Test
    void aClientWithoutRequestsInFlightIsRemoved() {
        for (int i = 0; i < 100; i++) {
            ask("10.0.0." + i).body().close();
        }
        Handler failing = share.around(exchange -> {
            throw new ExchangeException(FailureKind.CONNECT, "refused");
        });
        assertThatThrownBy(() -> failing.handle(from("10.0.1.1"))).isInstanceOf(ExchangeException.class);
        assertThat(share.clients()).isZero();
    }
}
