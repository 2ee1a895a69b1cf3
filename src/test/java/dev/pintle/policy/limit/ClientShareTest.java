package dev.pintle.policy.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.Exchanges;
import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Body;
import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Failure;
import dev.pintle.exchange.FailureKind;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Headers;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientShareTest {
    private final ClientShare share = new ClientShare(2);
    private final Handler streaming = share.around(
            exchange -> new Answer(200, Headers.EMPTY, Body.of("stream".getBytes(StandardCharsets.UTF_8))));

    private static Exchange from(String address) {
        TimeBudget budget = new TimeBudget(Duration.ofSeconds(1), Ticker.SYSTEM);
        return Exchanges.of("GET", "/", Headers.EMPTY, Body.EMPTY, address, budget);
    }

    private Answer ask(String address) {
        return (Answer) streaming.handle(from(address));
    }

    @Test
    void aClientThatHasItsShareIsRefusedAndAnotherIsNot() {
        Answer first = ask("203.0.113.9");
        ask("203.0.113.9");
        Exchange third = from("203.0.113.9");
        Answer refusal = (Answer) streaming.handle(third);
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.headers().first("Retry-After")).isEqualTo("1");
        assertThat(third.facts().code()).isEqualTo(Code.OVERLOADED);
        assertThat(ask("203.0.113.10").status()).isEqualTo(200);
        refusal.body().close();
        first.body().close();
        assertThat(ask("203.0.113.9").status()).isEqualTo(200);
    }

    @Test
    void allOfAnIpv6NetworkIsOneClient() {
        ask("2001:db8:1:2::3");
        ask("2001:db8:1:2::4");
        assertThat(ask("2001:db8:1:2::5").status()).isEqualTo(503);
        assertThat(ask("2001:db8:1:3::5").status()).isEqualTo(200);
    }

    @Test
    void whoIsNotBeingAnsweredIsForgotten() {
        for (int i = 0; i < 100; i++) {
            ask("10.0.0." + i).body().close();
        }
        Handler failing = share.around(exchange -> {
            throw new Failure(FailureKind.CONNECT, "refused");
        });
        assertThatThrownBy(() -> failing.handle(from("10.0.1.1"))).isInstanceOf(Failure.class);
        assertThat(share.clients()).isZero();
    }
}
