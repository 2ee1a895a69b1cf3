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
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private final Permits permits = new Permits(1);
    private final Handler streaming = new Concurrency(permits)
            .around(exchange -> new Answer(200, Headers.EMPTY, Body.of("stream".getBytes(StandardCharsets.UTF_8))));

    @Test
    void aStreamCountsUntilItIsClosed() {
        Answer stream = (Answer) streaming.handle(Exchanges.get("/"));
        assertThat(permits.inUse()).isEqualTo(1);
        stream.body().close();
        assertThat(permits.inUse()).isZero();
    }

    @Test
    void whatIsMoreIsRefusedAtOnce() {
        streaming.handle(Exchanges.get("/"));
        Exchange exchange = Exchanges.get("/");
        Answer refusal = (Answer) streaming.handle(exchange);
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.headers().first("Retry-After")).isEqualTo("1");
        assertThat(exchange.facts().code()).isEqualTo(Code.OVERLOADED);
        refusal.body().close();
        assertThat(permits.inUse()).isEqualTo(1);
    }

    @Test
    void aBodyThatIsClosedTwiceGivesOnePermitBack() {
        Answer stream = (Answer) streaming.handle(Exchanges.get("/"));
        stream.body().close();
        stream.body().close();
        assertThat(permits.inUse()).isZero();
    }

    @Test
    void aFailureGivesThePermitBack() {
        Handler failing = new Concurrency(permits).around(exchange -> {
            throw new Failure(FailureKind.CONNECT, "refused");
        });
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> failing.handle(Exchanges.get("/")))
                    .isInstanceOf(Failure.class)
                    .hasMessage("refused");
        }
        assertThat(permits.inUse()).isZero();
    }

    @Test
    void anotherBoundHoldsFromNowOn() {
        Answer first = (Answer) streaming.handle(Exchanges.get("/"));
        permits.max(2);
        Answer second = (Answer) streaming.handle(Exchanges.get("/"));
        assertThat(second.status()).isEqualTo(200);
        permits.max(1);
        first.body().close();
        assertThat(Exchanges.finish(streaming.handle(Exchanges.get("/")))).isEqualTo(503);
        second.body().close();
        assertThat(Exchanges.finish(streaming.handle(Exchanges.get("/")))).isEqualTo(200);
    }
}
