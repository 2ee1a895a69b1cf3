package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.Http2Upstream;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawHttp2Upstream;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestCertificates;
import dev.pintle.testing.TestGateway;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway speaks HTTP/2 with upstreams. */
class Http2UpstreamTest {
    private static final String LARGE = "0123456789abcdef".repeat(1 << 15);
    private static TestGateway gateway;

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Answers with protocol, method and body. */
    private static void echo(Request request, Response response) throws Exception {
        String body = Content.Source.asString(request);
        Http2Upstream.send(
                response, request.getConnectionMetaData().getHttpVersion() + " " + request.getMethod() + " " + body);
    }

    @Test
    void aGetAndAPostPassInClearText() {
        Http2Upstream upstream = fixture.keep(Http2Upstream.h2c(Http2UpstreamTest::echo));
        route("clear", upstream.url(), "h2c");
        assertThat(gateway.get("/clear").body()).isEqualTo("HTTP/2.0 GET ");
        assertThat(post("/clear", LARGE)).isEqualTo("HTTP/2.0 POST " + LARGE);
        assertThat(upstream.connections()).isEqualTo(1);
    }

    /** The size of the head that the gateway accepts from clients, beyond the default of Jetty's client. */
    @Test
    void aLargeHeadReachesTheTargetAndKeepsTheConnection() {
        Http2Upstream upstream = fixture.keep(Http2Upstream.h2c((request, response) -> Http2Upstream.send(
                response, Integer.toString(request.getHeaders().get("X-Large").length()))));
        route("large", upstream.url(), "h2c");
        for (int i = 0; i < 2; i++) {
            assertThat(gateway.get("/large", "X-Large", "v".repeat(20_000)).body())
                    .isEqualTo("20000");
        }
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "h2,   h2,       HTTP/2.0",
        "auto, h2,       HTTP/2.0",
        "auto, http/1.1, HTTP/1.1",
    })
    void overTlsTheProtocolIsNegotiated(String protocol, String selected, String spoken) {
        Http2Upstream upstream = fixture.keep(Http2Upstream.tls("localhost", Http2UpstreamTest::echo, selected));
        String id = protocol + selected.charAt(0) + selected.length();
        route(id, upstream.url(), protocol);
        assertThat(gateway.get("/" + id).body()).isEqualTo(spoken + " GET ");
        assertThat(post("/" + id, LARGE)).isEqualTo(spoken + " POST " + LARGE);
    }

    @Test
    void aTargetThatDoesNotSelectHttp2IsUnreachable() {
        route(
                "only1",
                fixture.keep(Http2Upstream.tls("localhost", Http2UpstreamTest::echo, "http/1.1"))
                        .url(),
                "h2");
        assertThat(gateway.get("/only1").body()).contains("upstream-unreachable", "it does not offer HTTP/2 (ALPN)");
    }

    @Test
    void anotherCertificateIsRefused() {
        route(
                "other",
                fixture.keep(Http2Upstream.tls("elsewhere", Http2UpstreamTest::echo, "h2"))
                        .url(),
                "h2");
        assertThat(gateway.get("/other").body()).contains("its certificate is for another name");
    }

    @Test
    void aTargetWithoutHttp2IsUnreachable() {
        route("http1", fixture.upstream(RawUpstream.answers(200, "hello")).url(), "h2c");
        assertThat(gateway.get("/http1").body()).contains("upstream-unreachable", "does not speak HTTP/2");
    }

    @Test
    void trailersPassBothWays() {
        Http2Upstream upstream = fixture.keep(Http2Upstream.h2c((request, response) -> {
            String body = Content.Source.asString(request);
            String given = request.getTrailers().get("X-Checksum");
            response.setTrailersSupplier(() -> HttpFields.build().add("X-Echo", given));
            Http2Upstream.send(response, body);
        }));
        route("trailers", upstream.url(), "h2c");
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            RawHttp2Client.Answer answer = client.request(1, 0, "POST", "/trailers", "te", "trailers")
                    .data(1, 0, "hello")
                    .headers(1, RawHttp2Client.END_STREAM, "x-checksum", "17")
                    .answer(1);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.trailers()).isEqualTo(Map.of("x-echo", "17"));
        }
    }

    @Test
    void anUnprocessedRequestIsSentAgain() {
        AtomicInteger connections = new AtomicInteger();
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection -> {
            int stream = connection.request();
            if (connections.incrementAndGet() == 1) {
                connection.send(RawHttp2Client.RST_STREAM, 0, stream, RawHttp2Client.number(7));
                connection.request();
                connection.send(RawHttp2Client.GOAWAY, 0, 0, RawHttp2Client.number(0) + RawHttp2Client.number(0));
            } else {
                connection.answer(stream, "third");
            }
            connection.linger();
        }));
        route("refused", upstream.url(), "h2c", "\"retry\": {\"max\": 0}");
        assertThat(post("/refused", "a body")).isEqualTo("third");
        assertThat(connections).hasValue(2);
    }

    /** The window of the stream is closed, so that the GOAWAY usually comes while the body is being written. */
    @RepeatedTest(5)
    void anUnprocessedRequestIsSentAgainWhileItsBodyWaits(RepetitionInfo repetition) {
        AtomicInteger connections = new AtomicInteger();
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that("\0\4\0\0\0\0", connection -> {
            int stream = connection.request();
            if (connections.incrementAndGet() == 1) {
                connection.send(RawHttp2Client.GOAWAY, 0, 0, RawHttp2Client.number(0) + RawHttp2Client.number(0));
            } else {
                connection.answer(stream, "second");
            }
            connection.linger();
        }));
        String route = "waiting-" + repetition.getCurrentRepetition();
        route(route, upstream.url(), "h2c", "\"retry\": {\"max\": 0}");
        assertThat(post("/" + route, "a body")).isEqualTo("second");
    }

    /** A busy target gets neither more connections nor more streams than it serves. */
    @Test
    void aRefusedStreamWaitsForAnotherOfItsConnection() throws Exception {
        CompletableFuture<RawHttp2Upstream> serving = new CompletableFuture<>();
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger refused = new AtomicInteger();
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection -> {
            connection.request();
            serving.complete(connection);
            for (int stream = connection.request(); stream != 0; stream = connection.request()) {
                if (done.getCount() == 0) {
                    connection.answer(stream, "second");
                } else {
                    refused.incrementAndGet();
                    connection.send(RawHttp2Client.RST_STREAM, 0, stream, RawHttp2Client.number(7));
                }
            }
        }));
        route("busy", upstream.url(), "h2c", "\"retry\": {\"max\": 0}");
        CompletableFuture<String> first =
                CompletableFuture.supplyAsync(() -> gateway.get("/busy").body());
        RawHttp2Upstream connection = serving.get();
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> post("/busy", "a body"));
        await().during(Duration.ofMillis(200)).until(refused::get, count -> count == 1);
        done.countDown();
        connection.answer(1, "first");
        assertThat(first.get()).isEqualTo("first");
        assertThat(second.get()).isEqualTo("second");
        assertThat(refused).hasValue(1);
        assertThat(upstream.connections()).isEqualTo(1);
    }

    /** Streams may last for hours. A target is not busy for that long. */
    @Test
    void aRefusedStreamIsTriedAgainWhileTheOthersOfItsConnectionLast() throws Exception {
        CompletableFuture<RawHttp2Upstream> serving = new CompletableFuture<>();
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection -> {
            connection.request();
            serving.complete(connection);
            connection.send(RawHttp2Client.RST_STREAM, 0, connection.request(), RawHttp2Client.number(7));
            connection.answer(connection.request(), "second");
            connection.request();
        }));
        route("lasting", upstream.url(), "h2c", "\"retry\": {\"max\": 0}, \"timeout\": {\"connect\": \"20s\"}");
        CompletableFuture<String> first =
                CompletableFuture.supplyAsync(() -> gateway.get("/lasting").body());
        RawHttp2Upstream connection = serving.get();
        assertThat(post("/lasting", "a body")).isEqualTo("second");
        connection.answer(1, "first");
        assertThat(first.get()).isEqualTo("first");
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void aTargetThatEndsEachConnectionAtOnceGetsFewOfThem() {
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection ->
                connection.send(RawHttp2Client.GOAWAY, 0, 0, RawHttp2Client.number(0) + RawHttp2Client.number(0))));
        route("brief", upstream.url(), "h2c", "\"retry\": {\"max\": 0}");
        assertThat(gateway.get("/brief").statusCode()).isEqualTo(502);
        assertThat(upstream.connections()).isBetween(1, 12);
    }

    @Test
    void aRequestThatMayHaveBeenProcessedIsNotSentAgain() {
        AtomicInteger requests = new AtomicInteger();
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection -> {
            int stream = connection.request();
            requests.incrementAndGet();
            connection.send(RawHttp2Client.RST_STREAM, 0, stream, RawHttp2Client.number(2));
            connection.linger();
        }));
        route("reset", upstream.url(), "h2c");
        assertThat(post("/reset", "a body")).contains("upstream-reset", "reset the stream with internal_error");
        assertThat(requests).hasValue(1);
    }

    @Test
    void aResponseThatBreaksOffNeverLooksComplete() {
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection -> {
            int stream = connection.request();
            connection
                    .headers(stream, 0, ":status", "200")
                    .send(RawHttp2Client.DATA, 0, stream, "half")
                    .send(RawHttp2Client.RST_STREAM, 0, stream, RawHttp2Client.number(0));
            connection.linger();
        }));
        route("half", upstream.url(), "h2c", "\"retry\": {\"max\": 0}");
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            RawHttp2Client.Answer answer = client.get(1, "/half").answer(1);
            // The reset can arrive before the gateway has sent anything.
            assertThat(answer.status() == 502 || answer.error() != -1)
                    .as(answer.toString())
                    .isTrue();
        }
    }

    @Test
    void aTargetWithFewStreamsGetsSeveralConnections() throws Exception {
        CyclicBarrier all = new CyclicBarrier(10);
        Http2Upstream upstream = fixture.keep(Http2Upstream.h2c(2, (request, response) -> {
            all.await(20, TimeUnit.SECONDS);
            Http2Upstream.send(response, "met");
        }));
        route("few", upstream.url(), "h2c");
        List<Thread> clients = IntStream.range(0, 10)
                .mapToObj(i -> Thread.startVirtualThread(
                        () -> assertThat(gateway.get("/few").body()).isEqualTo("met")))
                .toList();
        for (Thread client : clients) {
            client.join();
        }
        assertThat(upstream.connections()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void aClientThatLeavesCancelsTheStreamOfTheTarget() throws Exception {
        BlockingQueue<Integer> resets = new LinkedBlockingQueue<>();
        CountDownLatch asked = new CountDownLatch(1);
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection -> {
            connection.request();
            asked.countDown();
            RawHttp2Client.Frame reset = connection.next(RawHttp2Client.RST_STREAM);
            resets.add(reset == null ? -1 : reset.error());
        }));
        route("left", upstream.url(), "h2c");
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.get(1, "/left");
            asked.await();
            client.send(RawHttp2Client.RST_STREAM, 0, 1, RawHttp2Client.number(8));
            assertThat(resets.poll(20, TimeUnit.SECONDS)).isEqualTo(8);
        }
    }

    @Test
    void aTargetThatSendsOnlyInterimResponsesIs502() {
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection -> {
            // The gateway tries again, on the same connection.
            for (int stream = connection.request(); stream != 0; stream = connection.request()) {
                for (int i = 0; i < 101; i++) {
                    connection.headers(stream, 0, ":status", "103", "link", "</a>; rel=preload");
                }
            }
        }));
        route("interim", upstream.url(), "h2c");
        try (RawClient client = gateway.connect()) {
            client.send("GET /interim HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 103 ")
                    .contains("HTTP/1.1 502 ", "upstream-reset", "sent more than 100 interim responses");
        }
    }

    @Test
    void aSilentTargetTimesOut() {
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(RawHttp2Upstream::linger));
        route("silent", upstream.url(), "h2c", "\"timeout\": {\"attempt\": \"200ms\"}, \"retry\": {\"max\": 0}");
        assertThat(gateway.get("/silent").body()).contains("upstream-timeout", "did not answer in time");
    }

    @Test
    void aClientThatDoesNotReadMakesTheTargetWait() {
        AtomicInteger sent = new AtomicInteger();
        Http2Upstream upstream = fixture.keep(Http2Upstream.h2c((request, response) -> {
            try (OutputStream content = Content.Sink.asOutputStream(response)) {
                for (int i = 0; i < 1_024; i++) {
                    content.write(new byte[16 << 10]);
                    sent.addAndGet(16 << 10);
                }
            }
        }));
        route("unread", upstream.url(), "h2c");
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.get(1, "/unread");
            AtomicInteger before = new AtomicInteger();
            await().during(Duration.ofMillis(500))
                    .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
            assertThat(sent).hasValueLessThan(1 << 20);
        }
    }

    @Test
    void theProtocolMustFitTheTargets() {
        assertThat(put("x", "http://127.0.0.1:1", "h2", "").body()).contains("needs targets that begin with https://");
        assertThat(put("x", "https://127.0.0.1:1", "h2c", "").body()).contains("needs targets that begin with http://");
        assertThat(put("x", "http://127.0.0.1:1", "h3", "").body()).contains("/upstream/protocol");
    }

    private static void route(String id, String url, String protocol, String... further) {
        HttpResponse<String> response = put(id, url, protocol, String.join(", ", further));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    private static HttpResponse<String> put(String id, String url, String protocol, String further) {
        ObjectNode tls = JsonNodeFactory.instance.objectNode().put("caBundle", TestCertificates.certificate("ca"));
        return gateway.admin(
                "PUT",
                "/api/v1/routes/" + id,
                "{\"match\": {\"path\": \"/%s\"}, \"upstream\": {\"targets\": [{\"url\": \"%s\"}], \"protocol\": \"%s\"%s}%s}"
                        .formatted(
                                id,
                                url,
                                protocol,
                                url.startsWith("https") ? ", \"tls\": " + tls : "",
                                further.isEmpty() ? "" : ", " + further));
    }

    private static String post(String path, String body) {
        return TestGateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .body();
    }
}
