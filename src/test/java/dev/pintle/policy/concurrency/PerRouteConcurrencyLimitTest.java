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

/** {@code SlowBodiesSmallHeapTest} shows it in a whole gateway. */
class PerRouteConcurrencyLimitTest {
    private static final Handler STREAMING =
            exchange -> new FinalResponse(200, Headers.EMPTY, Body.of("stream".getBytes(StandardCharsets.UTF_8)));

    private final PerRouteConcurrencyLimit limit = new PerRouteConcurrencyLimit(4);
    private final RouteConcurrency a = new RouteConcurrency();
    private final RouteConcurrency b = new RouteConcurrency();

    private static Exchange exchange() {
        TimeBudget budget = new TimeBudget(Duration.ofSeconds(1), Ticker.SYSTEM);
        return Exchanges.of("GET", "/", Headers.EMPTY, Body.EMPTY, "203.0.113.9", budget);
    }

    private FinalResponse ask(RouteConcurrency route) {
        return (FinalResponse) limit.handle(exchange(), route, STREAMING);
    }

    @Test
    void aRouteGetsThreeQuartersOfThePlacesAndLeavesTheRestToOthers() {
        FinalResponse first = ask(a);
        ask(a);
        ask(a);
        Exchange fourth = exchange();
        FinalResponse rejected = (FinalResponse) limit.handle(fourth, a, STREAMING);
        assertThat(rejected.status()).isEqualTo(503);
        assertThat(fourth.context().code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(ask(b).status()).isEqualTo(200);
        rejected.body().close();
        first.body().close();
        assertThat(ask(a).status()).isEqualTo(200);
    }

    @Test
    void aNodeWithOnePlaceGivesItToAnyRoute() {
        assertThat(new PerRouteConcurrencyLimit(1)
                        .handle(exchange(), a, STREAMING)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRouteWithoutRequestsInFlightIsFresh() {
        FinalResponse response = ask(a);
        assertThat(a.isFresh()).isFalse();
        response.body().close();
        assertThat(a.isFresh()).isTrue();
        assertThatThrownBy(() -> limit.handle(exchange(), b, any -> {
                    throw new ExchangeException(FailureKind.RESET, "broken");
                }))
                .isInstanceOf(ExchangeException.class);
        assertThat(b.isFresh()).isTrue();
    }
}
