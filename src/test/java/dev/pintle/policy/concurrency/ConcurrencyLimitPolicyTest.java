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
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(1);
    private final Handler streaming = new ConcurrencyLimitPolicy(limiter)
            .around(exchange ->
                    new FinalResponse(200, Headers.EMPTY, Body.of("stream".getBytes(StandardCharsets.UTF_8))));

    @Test
    void aStreamCountsUntilItIsClosed() {
        FinalResponse stream = (FinalResponse) streaming.handle(Exchanges.get("/"));
        assertThat(limiter.inUse()).isEqualTo(1);
        stream.body().close();
        assertThat(limiter.inUse()).isZero();
    }

    @Test
    void aRequestBeyondTheLimitIsRejected() {
        streaming.handle(Exchanges.get("/"));
        Exchange exchange = Exchanges.get("/");
        FinalResponse rejected = (FinalResponse) streaming.handle(exchange);
        assertThat(rejected.status()).isEqualTo(503);
        assertThat(rejected.headers().first("Retry-After")).isEqualTo("1");
        assertThat(exchange.context().code()).isEqualTo(ErrorCode.OVERLOADED);
        rejected.body().close();
        assertThat(limiter.inUse()).isEqualTo(1);
    }

    @Test
    void aBodyThatIsClosedTwiceReleasesOnePermit() {
        FinalResponse stream = (FinalResponse) streaming.handle(Exchanges.get("/"));
        stream.body().close();
        stream.body().close();
        assertThat(limiter.inUse()).isZero();
    }

    @Test
    void aFailureReleasesThePermit() {
        Handler failing = new ConcurrencyLimitPolicy(limiter).around(exchange -> {
            throw new ExchangeException(FailureKind.CONNECT, "refused");
        });
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> failing.handle(Exchanges.get("/")))
                    .isInstanceOf(ExchangeException.class)
                    .hasMessage("refused");
        }
        assertThat(limiter.inUse()).isZero();
    }

    @Test
    void aChangedLimitAppliesImmediately() {
        FinalResponse first = (FinalResponse) streaming.handle(Exchanges.get("/"));
        limiter.max(2);
        FinalResponse second = (FinalResponse) streaming.handle(Exchanges.get("/"));
        assertThat(second.status()).isEqualTo(200);
        limiter.max(1);
        first.body().close();
        assertThat(Exchanges.finish(streaming.handle(Exchanges.get("/")))).isEqualTo(503);
        second.body().close();
        assertThat(Exchanges.finish(streaming.handle(Exchanges.get("/")))).isEqualTo(200);
    }
}
