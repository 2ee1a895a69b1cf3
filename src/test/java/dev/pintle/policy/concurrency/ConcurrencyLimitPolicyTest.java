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
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitPolicyTest {
    private final ConcurrencyLimiter permits = new ConcurrencyLimiter(1);
    private final Handler streaming = new ConcurrencyLimitPolicy(permits)
            .around(exchange ->
                    new FinalResponse(200, Headers.EMPTY, Body.of("stream".getBytes(StandardCharsets.UTF_8))));

    @Test
    void aStreamCountsUntilItIsClosed() {
        FinalResponse stream = (FinalResponse) streaming.handle(Exchanges.get("/"));
        assertThat(permits.inUse()).isEqualTo(1);
        stream.body().close();
        assertThat(permits.inUse()).isZero();
    }

    @Test
    void whatIsMoreIsRefusedAtOnce() {
        streaming.handle(Exchanges.get("/"));
        Exchange exchange = Exchanges.get("/");
        FinalResponse refusal = (FinalResponse) streaming.handle(exchange);
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.headers().first("Retry-After")).isEqualTo("1");
        assertThat(exchange.context().code()).isEqualTo(ErrorCode.OVERLOADED);
        refusal.body().close();
        assertThat(permits.inUse()).isEqualTo(1);
    }

    @Test
    void aBodyThatIsClosedTwiceGivesOnePermitBack() {
        FinalResponse stream = (FinalResponse) streaming.handle(Exchanges.get("/"));
        stream.body().close();
        stream.body().close();
        assertThat(permits.inUse()).isZero();
    }

    @Test
    void aFailureGivesThePermitBack() {
        Handler failing = new ConcurrencyLimitPolicy(permits).around(exchange -> {
            throw new ExchangeException(FailureKind.CONNECT, "refused");
        });
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> failing.handle(Exchanges.get("/")))
                    .isInstanceOf(ExchangeException.class)
                    .hasMessage("refused");
        }
        assertThat(permits.inUse()).isZero();
    }

    @Test
    void anotherBoundHoldsFromNowOn() {
        FinalResponse first = (FinalResponse) streaming.handle(Exchanges.get("/"));
        permits.max(2);
        FinalResponse second = (FinalResponse) streaming.handle(Exchanges.get("/"));
        assertThat(second.status()).isEqualTo(200);
        permits.max(1);
        first.body().close();
        assertThat(Exchanges.finish(streaming.handle(Exchanges.get("/")))).isEqualTo(503);
        second.body().close();
        assertThat(Exchanges.finish(streaming.handle(Exchanges.get("/")))).isEqualTo(200);
    }
}
