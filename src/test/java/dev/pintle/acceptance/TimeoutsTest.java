package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A route limits waiting times, but does not cut off a body that moves. */
class TimeoutsTest {
    private static TestGateway gateway;

    private final RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private void route(String timeout) {
        gateway.route("x", "/x", upstream.url(), ", \"retry\": {\"max\": 0}, \"timeout\": {" + timeout + "}");
    }

    @Test
    void anUpstreamThatNeverRespondsIs504() {
        route("\"attempt\": \"200ms\"");
        upstream.now(RawUpstream.neverResponds());
        HttpResponse<String> answer = gateway.get("/x");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("\"code\":\"upstream-timeout\"");
        await().until(() -> upstream.open() == 0);
    }

    @Test
    void aSlowResponseHeadIs504() {
        route("\"attempt\": \"300ms\"");
        upstream.now(RawUpstream.respondsSlowly(Duration.ofMillis(100)));
        HttpResponse<String> answer = gateway.get("/x");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("\"code\":\"upstream-timeout\"");
    }

    @Test
    void theTotalTimeoutLimitsAllAttempts() {
        gateway.route("x", "/x", upstream.url(), """
                , "retry": {"max": 9, "backoff": "1ms"}, "timeout": {"attempt": "600ms", "total": "1s"}""");
        upstream.now(RawUpstream.neverResponds());
        HttpResponse<String> answer = gateway.get("/x");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("\"code\":\"upstream-timeout\"");
        assertThat(upstream.requests()).hasSizeLessThan(3);
    }

    @Test
    void anUnreachableUpstreamIs502() {
        route("\"connect\": \"200ms\"");
        upstream.shutDown();
        HttpResponse<String> answer = gateway.get("/x");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("\"code\":\"upstream-unreachable\"").contains("connection refused");
    }

    @Test
    void aResponseThatStallsIsCutOffAndNeverLooksComplete() {
        route("\"idle\": \"300ms\"");
        upstream.now(RawUpstream.stallsAfterHead());
        try (RawClient client = gateway.connect()) {
            client.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.rest()).doesNotContain("0123456789");
            await().until(() -> upstream.open() == 0);
        }
    }

    @Test
    void aMovingStreamOutlastsTheAttemptAndTotalTimeouts() {
        route("\"attempt\": \"200ms\", \"total\": \"300ms\", \"idle\": \"5s\"");
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
            connection.sendSlowly("0123456789", Duration.ofMillis(100));
        });
        assertThat(gateway.get("/x").body()).isEqualTo("0123456789");
    }

    @Test
    void aSlowUploadDoesNotCountAsUpstreamTime() {
        route("\"attempt\": \"300ms\", \"total\": \"400ms\", \"idle\": \"5s\"");
        try (RawClient client = gateway.connect();
                RawUpstream pace =
                        RawUpstream.that(connection -> connection.sendSlowly("0123456789", Duration.ofMillis(100)));
                RawClient paced = RawClient.to(pace.port())) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n");
            for (int i = 0; i < 10; i++) {
                client.send(paced.until(Integer.toString(i)));
            }
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(upstream.requests().getFirst().body()).isEqualTo("0123456789");
        }
    }

    @Test
    void aClientThatStopsSendingItsBodyIs408() {
        route("\"idle\": \"300ms\"");
        try (RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n012");
            assertThat(client.head()).startsWith("HTTP/1.1 408");
            await().until(() -> upstream.open() == 0);
            assertThat(upstream.requests()).isEmpty();
        }
    }
}
