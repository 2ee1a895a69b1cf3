package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An upload with activity but without content times out like a silent one. */
class UploadWithoutContentTest {
    private static final Duration NOW_AND_THEN = Duration.ofMillis(300);
    private static final RawUpstream UPSTREAM = RawUpstream.that(RawUpstream.neverResponds());
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
        gateway.route("x", "/x", UPSTREAM.url(), ", \"timeout\": {\"idle\": \"1s\"}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @Test
    void aSlowChunkExtensionTimesOut() {
        try (RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;a=");
            assertTimedOut(() -> client.sendIfOpen("a"));
            client.rest();
        }
    }

    @Test
    void repeatedWindowUpdatesTimeOut() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.request(1, 0, "POST", "/x");
            assertTimedOut(() -> client.send(RawHttp2Client.WINDOW_UPDATE, 0, 1, RawHttp2Client.number(1)));
            assertThat(client.answer(1).error()).isNotEqualTo(-1);
        }
    }

    private static void assertTimedOut(Runnable signOfLife) {
        await().until(() -> awaitInProgress(1));
        await().pollInterval(NOW_AND_THEN).until(() -> {
            signOfLife.run();
            return awaitInProgress(0);
        });
    }

    private static boolean awaitInProgress(int requests) {
        return gateway.metric("gateway_requests_in_flight{route=\"x\"}") == requests;
    }
}
