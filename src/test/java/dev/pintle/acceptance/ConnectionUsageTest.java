package dev.pintle.acceptance;

import static dev.pintle.testing.WebSockets.echoes;
import static dev.pintle.testing.WebSockets.handshake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.Http2Upstream;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node counts its connections to each target, and what uses them, in one account for all protocols. */
class ConnectionUsageTest {
    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final TestGateway gateway = fixture.keep(TestGateway.start());
    private final CountDownLatch word = new CountDownLatch(1);

    @Test
    void requestsAndWebSocketsOverHttp1AreCountedUntilTheyEnd() {
        RawUpstream upstream = fixture.upstream(connection -> {
            while (connection.request() != null) {
                connection.await(word);
                connection.answer(200, "hello");
            }
        });
        gateway.route("a", "/a", upstream.url());
        gateway.route("b", "/b", upstream.url());
        try (RawClient first = get("/a");
                RawClient second = get("/b")) {
            awaitUsage(upstream.url(), "http/1.1", 2, 2);
            upstream.now(echoes());
            RawClient socket = fixture.keep(gateway.connect()).send(handshake("/a"));
            assertThat(socket.head()).startsWith("HTTP/1.1 101 ");
            awaitUsage(upstream.url(), "http/1.1", 3, 3);
            word.countDown();
            first.until("hello");
            second.until("hello");
            awaitUsage(upstream.url(), "http/1.1", 3, 1);
            socket.reset();
            awaitUsage(upstream.url(), "http/1.1", 2, 0);
        }
    }

    @Test
    void streamsOverHttp2ShareAConnection() {
        Http2Upstream upstream = fixture.keep(Http2Upstream.h2c((request, response) -> {
            word.await();
            Http2Upstream.send(response, "hello");
        }));
        gateway.admin("PUT", "/api/v1/routes/h2", """
                {"match": {"path": "/h2"}, "upstream": {"targets": [{"url": "%s"}], "protocol": "h2c"}}""".formatted(upstream.url()));
        try (RawClient first = get("/h2");
                RawClient second = get("/h2");
                RawClient third = get("/h2")) {
            awaitUsage(upstream.url(), "h2", 1, 3);
            word.countDown();
            first.until("hello");
            second.until("hello");
            third.until("hello");
            awaitUsage(upstream.url(), "h2", 1, 0);
        }
    }

    private RawClient get(String path) {
        return gateway.connect().send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    private void awaitUsage(String target, String protocol, int open, int streams) {
        String json = """
                {"target":"%s","protocol":"%s","open":%d,"streams":%d}""".formatted(target, protocol, open, streams);
        await().untilAsserted(() -> assertThat(connections()).contains(json));
        String labels = "{protocol=\"" + protocol + "\",target=\"" + target + "\"}";
        assertThat(gateway.metric("gateway_upstream_connections" + labels)).isEqualTo(open);
        assertThat(gateway.metric("gateway_upstream_streams" + labels)).isEqualTo(streams);
    }

    private String connections() {
        return gateway.admin("GET", "/api/v1/connections", "").body();
    }
}
