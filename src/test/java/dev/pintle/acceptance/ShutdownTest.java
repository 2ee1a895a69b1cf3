package dev.pintle.acceptance;

import static dev.pintle.testing.RawHttp2Client.END_HEADERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import dev.pintle.testing.TestRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that stops first reports that it is not ready, and completes its requests. */
class ShutdownTest {
    private static final int ON_THEIR_WAY = 50;
    private static final int LARGE = 64 << 20;
    private static final String PIECE = "x".repeat(1 << 16);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String FIRST = "1".repeat(32);
    private static final String SECOND = "2".repeat(32);

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final CountDownLatch answer = new CountDownLatch(1);
    private final RawUpstream slow = fixture.upstream(connection -> {
        while (connection.request() != null) {
            waitFor(answer);
            connection.answer(200, "finished");
        }
    });

    @Test
    void requestsInProgressComplete() throws Exception {
        TestGateway gateway = fixture.keep(TestGateway.start());
        gateway.route("slow", "/slow", slow.url());
        int port = gateway.port();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = IntStream.range(0, ON_THEIR_WAY)
                    .mapToObj(i -> clients.submit(() -> gateway.get("/slow").body()))
                    .toList();
            await().until(() -> slow.requests().size() == ON_THEIR_WAY);
            Future<?> stopping = clients.submit(gateway::stop);
            await().until(() -> RawClient.isRefused(port));
            answer.countDown();
            stopping.get();
            assertThat(answers).extracting(Future::get).containsOnly("finished");
        }
    }

    @Test
    void theNodeServesRequestsWhileItIsNotReady() throws Exception {
        TestGateway gateway = fixture.keep(TestGateway.start("shutdownDelay=3s"));
        RawUpstream well = fixture.upstream(RawUpstream.answers(200, "well"));
        gateway.route("well", "/well", well.url());
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> stopping = clients.submit(gateway::stop);
            await().until(() -> gateway.get("/__ready").statusCode() == 503);
            assertThat(gateway.get("/well").body()).isEqualTo("well");
            stopping.get();
        }
    }

    /** An idle connection ends a second after the shutdown began, and the clients below have been silent for longer. */
    @Test
    void silentClientsWithARequestKeepTheGracePeriod() throws Exception {
        AtomicInteger written = new AtomicInteger();
        RawUpstream large = fixture.upstream(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
            while (written.addAndGet(PIECE.length()) <= LARGE) {
                connection.write(PIECE);
            }
        });
        TestGateway gateway = fixture.keep(TestGateway.start());
        gateway.route(
                "upload",
                "/upload",
                fixture.upstream(RawUpstream.answers(200, "received")).url());
        gateway.route("large", "/large", large.url());
        gateway.route("slow", "/slow", slow.url());
        RawClient upload = fixture.keep(gateway.connect());
        RawClient reader = fixture.keep(gateway.connect());
        RawHttp2Client waiting = fixture.keep(RawHttp2Client.to(gateway.port()));
        RawHttp2Client sending = fixture.keep(RawHttp2Client.to(gateway.port()));
        RawClient idle = fixture.keep(gateway.connect());
        upload.send("POST /upload HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n01234");
        reader.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n").head();
        waiting.get(1, "/slow");
        sending.request(1, END_HEADERS, "POST", "/upload").data(1, 0, "01234");
        await().until(() -> slow.requests().size() == 1 && pauses(written));
        idle.send("GET /none HTTP/1.1\r\nHost: h\r\n\r\n").head();
        try (ExecutorService stopping = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = stopping.submit(gateway::stop);
            idle.rest();
            answer.countDown();
            assertThat(upload.send("56789").rest()).startsWith("HTTP/1.1 200").endsWith("received");
            sending.data(1, RawHttp2Client.END_STREAM, "56789");
            assertThat(sending.answer(1).body()).isEqualTo("received");
            assertThat(waiting.answer(1).body()).isEqualTo("finished");
            assertThat(reader.rest()).hasSize(LARGE);
        }
    }

    private static boolean pauses(AtomicInteger written) {
        int before = written.get();
        LockSupport.parkNanos(PAUSE.toNanos());
        return written.get() == before;
    }

    @Test
    void aStreamThatExceedsTheGracePeriodIsRecordedAsShutdown() {
        RawUpstream stream = fixture.upstream(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
            connection.linger();
        });
        TestGateway gateway = fixture.keep(TestGateway.start("server.shutdownGracePeriod=300ms"));
        gateway.route("stream", "/stream", stream.url());
        AccessLogLines lines = fixture.keep(AccessLogLines.record());
        RawClient client = fixture.keep(gateway.connect());
        RawHttp2Client http2 = fixture.keep(RawHttp2Client.to(gateway.port()));
        client.send("GET /stream HTTP/1.1\r\nHost: h\r\nX-Trace-ID: " + FIRST + "\r\n\r\n")
                .until("data: 1");
        http2.get(1, "/stream", "x-trace-id", SECOND).until(RawHttp2Client.DATA);
        gateway.stop();
        assertThat(client.rest()).doesNotContain("\r\n0\r\n");
        assertThat(http2.answer(1).error()).isNotEqualTo(-1);
        assertThat(lines.of(FIRST).path("code").asText()).isEqualTo("shutting-down");
        assertThat(lines.of(SECOND).path("code").asText()).isEqualTo("shutting-down");
        await().until(() -> stream.open() == 0);
    }

    @Test
    void aRequestThatExceedsTheGracePeriodIs503() {
        TestGateway gateway = fixture.keep(TestGateway.start("server.shutdownGracePeriod=300ms"));
        gateway.route("slow", "/slow", slow.url());
        AccessLogLines lines = fixture.keep(AccessLogLines.record());
        RawClient client = fixture.keep(gateway.connect());
        RawHttp2Client http2 = fixture.keep(RawHttp2Client.to(gateway.port()));
        client.send("GET /slow HTTP/1.1\r\nHost: h\r\nX-Trace-ID: " + FIRST + "\r\n\r\n");
        http2.get(1, "/slow", "x-trace-id", SECOND);
        await().until(() -> slow.requests().size() == 2);
        gateway.stop();
        assertThat(client.rest()).startsWith("HTTP/1.1 503").contains("\"code\":\"shutting-down\"");
        assertThat(http2.answer(1).status()).isEqualTo(503);
        assertThat(lines.of(FIRST).path("code").asText()).isEqualTo("shutting-down");
        assertThat(lines.of(SECOND).path("code").asText()).isEqualTo("shutting-down");
        answer.countDown();
    }

    @Test
    void aClientThatDoesNotReadIsRecordedAsShutdownAfterTheGracePeriod() {
        RawUpstream endless = fixture.upstream(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while (true) {
                connection.write("x".repeat(1 << 16));
            }
        });
        TestGateway gateway = fixture.keep(TestGateway.start("server.shutdownGracePeriod=3s"));
        gateway.route("endless", "/endless", endless.url());
        AccessLogLines lines = fixture.keep(AccessLogLines.record());
        fixture.keep(gateway.connect())
                .send("GET /endless HTTP/1.1\r\nHost: h\r\nX-Trace-ID: " + FIRST + "\r\n\r\n")
                .head();
        gateway.stop();
        assertThat(lines.of(FIRST).path("code").asText()).isEqualTo("shutting-down");
    }

    @Test
    void aResponseThatEndsWithItsConnectionIsResetAfterTheGracePeriod() throws Exception {
        TestGateway gateway = fixture.keep(TestGateway.start("server.shutdownGracePeriod=300ms"));
        RawUpstream streaming = fixture.upstream(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            waitFor(answer);
        });
        gateway.route("streaming", "/streaming", streaming.url());
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                RawClient client = gateway.connect()) {
            assertThat(client.send("GET /streaming HTTP/1.0\r\n\r\n").until("hello"))
                    .endsWith("hello");
            var _ = clients.submit(gateway::stop);
            client.rest();
            assertThat(client.wasReset()).isTrue();
            answer.countDown();
        }
    }

    @Test
    void requestsDuringTheShutdownDelayDrawFromTheSharedLimit() throws Exception {
        int burst = 400;
        RawUpstream well = fixture.upstream(RawUpstream.answers(200, "well"));
        TestRedis redis = fixture.keep(TestRedis.start());
        TestDatabase database = TestPostgres.newDatabase();
        String redisUrl = "rateLimits.redisUrl=redis://127.0.0.1:" + redis.port();
        TestGateway stopped =
                fixture.keep(TestGateway.start(database, TestGateway.newFolder(), redisUrl, "shutdownDelay=3s"));
        stopped.route("limited", "/limited", well.url(), """
                , "rateLimits": [{"requests": %d, "per": "12h", "burst": %d}]""".formatted(burst, burst));
        TestGateway other = fixture.keep(TestGateway.start(database, TestGateway.newFolder(), redisUrl));
        int admitted = admitted(stopped, 50);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> stopping = clients.submit(stopped::stop);
            await().until(() -> stopped.get("/__ready").statusCode() == 503);
            admitted += admitted(stopped, 50);
            stopping.get();
        }
        admitted += admitted(other, burst);
        // The rest of a lease ends with its node, so that a stop never admits more than the limit.
        assertThat(admitted).isBetween(burst * 9 / 10, burst);
    }

    private static int admitted(TestGateway gateway, int requests) {
        return (int) IntStream.range(0, requests)
                .filter(i -> gateway.get("/limited").statusCode() == 200)
                .count();
    }

    private static void waitFor(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
