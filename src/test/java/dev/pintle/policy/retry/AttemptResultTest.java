package dev.pintle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.Body;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Headers;
import dev.pintle.http.ProxyStatusError;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which results of an attempt are failures, and of which kind. */
class AttemptResultTest {
    @ParameterizedTest
    @CsvSource({
        "200, '', 0, ",
        "399, '', 0, ",
        "400, '', 0, 400",
        "503, '', 5, 503",
        "200, 14, 0, grpc:unavailable",
        "200, 0, 0, ",
        "503, 0, 0, 503",
        "200, 14, 5, ",
    })
    void aResponseFailsByItsStatusOrByThatOfGrpcWithoutContent(int status, String grpc, int length, String reason) {
        Headers headers = grpc.isEmpty() ? Headers.EMPTY : Headers.of("grpc-status", grpc);
        FinalResponse response = new FinalResponse(status, headers, Body.of(new byte[length]));

        assertThat(new AttemptResult.Responded(response, true).reason()).isEqualTo(reason);
        assertThat(new AttemptResult.Responded(response, false).reason())
                .as("of the gateway")
                .isNull();
        assertThat(new AttemptResult.Responded(response, true).sentNothing()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"CONNECT, connect, true", "RESET, reset, false", "TIMEOUT, timeout, false", "CLIENT_GONE, , false"})
    void onlyAFailureToConnectSentNothing(FailureKind kind, String reason, boolean sentNothing) {
        AttemptResult result = new AttemptResult.Failed(
                new ExchangeException(kind, ProxyStatusError.HTTP_PROTOCOL_ERROR, "a failure"));

        assertThat(result.reason()).isEqualTo(reason);
        assertThat(result.sentNothing()).isEqualTo(sentNothing);
        assertThat(result.retryAfter()).isNull();
    }

    @Test
    void aDiscardedResponseReleasesItsConnection() {
        AtomicInteger closed = new AtomicInteger();
        Body body = Body.EMPTY.onClose(closed::incrementAndGet);

        new AttemptResult.Responded(new FinalResponse(503, Headers.EMPTY, body), true).discard();

        assertThat(closed).hasValue(1);
    }

    @Test
    void aRouteRepeatsCallsOfGrpcIfItListsOneOfTheirStatuses() {
        assertThat(settings("503", "grpc:unavailable").repeatsGrpc()).isTrue();
        assertThat(settings("503", "reset").repeatsGrpc()).isFalse();
        assertThat(settings().repeatsGrpc()).isFalse();
    }

    private static RetrySettings settings(String... on) {
        return new RetrySettings(1, Duration.ZERO, Duration.ZERO, Set.of(on), Set.of("GET"), 0);
    }
}
