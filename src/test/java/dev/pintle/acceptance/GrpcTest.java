package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.GrpcUpstream;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawHttp2Upstream;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of grpc-java pass through the gateway to a server of grpc-java, and the gateway answers in terms of gRPC. */
class GrpcTest {
    private static final String PREFIX = "/" + GrpcUpstream.SERVICE;
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static TestGateway gateway;
    private static GrpcUpstream server;
    private static ManagedChannel channel;

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    @BeforeAll
    static void start() {
        server = GrpcUpstream.start();
        gateway = TestGateway.start();
        route("echo", PREFIX, server.url(), "");
        channel = NettyChannelBuilder.forAddress("127.0.0.1", gateway.port())
                .usePlaintext()
                .maxInboundMessageSize(16 << 20)
                .build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        gateway.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000, 8 << 20})
    void aUnaryCallPasses(int size) {
        assertThat(unary(GrpcUpstream.UNARY, new byte[size])).hasSize(size);
    }

    @Test
    void messagesStreamFromTheServer() {
        Iterator<byte[]> messages = ClientCalls.blockingServerStreamingCall(
                channel, GrpcUpstream.MANY, CallOptions.DEFAULT, "1000".getBytes(StandardCharsets.UTF_8));
        int count = 0;
        for (; messages.hasNext(); messages.next()) {
            count++;
        }
        assertThat(count).isEqualTo(1_000);
    }

    @Test
    void messagesStreamFromTheClient() throws Exception {
        Answers answers = new Answers();
        StreamObserver<byte[]> requests =
                ClientCalls.asyncClientStreamingCall(channel.newCall(GrpcUpstream.COUNT, CallOptions.DEFAULT), answers);
        for (int i = 0; i < 1_000; i++) {
            requests.onNext(HELLO);
        }
        requests.onCompleted();
        assertThat(answers.next()).isEqualTo("1000");
    }

    /** Each message is sent after the answer to the one before. */
    @Test
    void messagesStreamBothWaysAtOnce() throws Exception {
        Answers answers = new Answers();
        StreamObserver<byte[]> requests =
                ClientCalls.asyncBidiStreamingCall(channel.newCall(GrpcUpstream.TALK, CallOptions.DEFAULT), answers);
        for (int i = 0; i < 100; i++) {
            requests.onNext(Integer.toString(i).getBytes(StandardCharsets.UTF_8));
            assertThat(answers.next()).isEqualTo(Integer.toString(i));
        }
        requests.onCompleted();
        assertThat(answers.next()).isEqualTo("OK");
    }

    @Test
    void aThousandCallsRunAtOnceOverOneConnection() throws Exception {
        List<Answers> all =
                IntStream.range(0, 1_000).mapToObj(i -> new Answers()).toList();
        List<StreamObserver<byte[]>> requests = all.stream()
                .map(answers -> ClientCalls.asyncBidiStreamingCall(
                        channel.newCall(GrpcUpstream.TALK, CallOptions.DEFAULT), answers))
                .toList();
        requests.forEach(each -> {
            each.onNext(HELLO);
            each.onCompleted();
        });
        for (Answers answers : all) {
            assertThat(answers.next()).isEqualTo("hello");
            assertThat(answers.next()).isEqualTo("OK");
        }
    }

    @Test
    void binaryMetadataPassesAsHeaderAndAsTrailer() {
        byte[] value = {0, 1, (byte) 0xff, '\n'};
        Metadata sent = new Metadata();
        sent.put(GrpcUpstream.BINARY, value);
        AtomicReference<Metadata> headers = new AtomicReference<>();
        AtomicReference<Metadata> trailers = new AtomicReference<>();
        Channel wrapped = ClientInterceptors.intercept(
                channel,
                MetadataUtils.newAttachHeadersInterceptor(sent),
                MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));
        ClientCalls.blockingUnaryCall(wrapped, GrpcUpstream.UNARY, CallOptions.DEFAULT, HELLO);
        assertThat(headers.get().get(GrpcUpstream.BINARY)).isEqualTo(value);
        assertThat(trailers.get().get(GrpcUpstream.BINARY)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 8, 12, 13, 14, 16})
    void theStatusOfTheServerPasses(int code) {
        Status status = failure(GrpcUpstream.FAIL, Integer.toString(code).getBytes(StandardCharsets.UTF_8));
        assertThat(status.getCode().value()).isEqualTo(code);
        assertThat(status.getDescription()).isEqualTo("as asked: ü %");
    }

    @Test
    void callsAreCountedAndLoggedByStatus() {
        String failed = "gateway_grpc_total{grpc_status=\"5\",route=\"echo\"}";
        double before = gateway.metric(failed);
        AccessLogLines log = fixture.keep(AccessLogLines.record());
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            String trace = client.request(1, 0, "POST", PREFIX + "/Fail", "content-type", "application/grpc")
                    .data(1, RawHttp2Client.END_STREAM, "\0\0\0\0\1" + "5")
                    .answer(1)
                    .fields()
                    .get("x-trace-id");
            assertThat(log.of(trace).path("grpcStatus").asInt()).isEqualTo(5);
        }
        assertThat(gateway.metric(failed)).isEqualTo(before + 1);
    }

    @Test
    void aClientThatCancelsCancelsTheCallOfTheServer() throws Exception {
        ClientCall<byte[], byte[]> call = channel.newCall(GrpcUpstream.HANG, CallOptions.DEFAULT);
        ClientCalls.asyncUnaryCall(call, HELLO, new Answers());
        assertThat(server.timeouts().poll(20, TimeUnit.SECONDS)).isNotNull();
        call.cancel("enough", null);
        assertThat(server.canceled().poll(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void manyQuickCancelsLeaveOtherCallsOfTheConnectionAlone() throws Exception {
        Answers answers = new Answers();
        StreamObserver<byte[]> bystander =
                ClientCalls.asyncBidiStreamingCall(channel.newCall(GrpcUpstream.TALK, CallOptions.DEFAULT), answers);
        for (int i = 0; i < 300; i++) {
            ClientCall<byte[], byte[]> call = channel.newCall(GrpcUpstream.TALK, CallOptions.DEFAULT);
            ClientCalls.asyncBidiStreamingCall(call, new Answers()).onNext(HELLO);
            call.cancel("enough", null);
        }
        bystander.onNext(HELLO);
        assertThat(answers.next()).isEqualTo("hello");
        bystander.onCompleted();
    }

    @Test
    void aServerThatEndsItsConnectionsFailsNoCall() {
        GrpcUpstream restless = fixture.keep(GrpcUpstream.withConnectionAge(1));
        route("aged", PREFIX + "/Unary", restless.url(), "");
        try {
            long end = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
            while (System.nanoTime() < end) {
                assertThat(unary(GrpcUpstream.UNARY, HELLO)).isEqualTo(HELLO);
            }
        } finally {
            gateway.admin("DELETE", "/api/v1/routes/aged", "");
        }
    }

    @Test
    void theDeadlineTravelsReducedAndEndsTheCall() throws Exception {
        unary(GrpcUpstream.UNARY, HELLO);
        server.timeouts().clear();
        server.canceled().clear();
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            RawHttp2Client.Answer answer = call(client, PREFIX + "/Hang", "grpc-timeout", "1S");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.fields())
                    .containsEntry("grpc-status", "4")
                    .containsEntry("content-type", "application/grpc");
        }
        assertThat(server.timeouts().poll(20, TimeUnit.SECONDS)).contains("0.").contains("s from now");
        assertThat(server.canceled().poll(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aDeadlineThatHasPassedReachesNoServer() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            assertThat(call(client, PREFIX + "/Unary", "grpc-timeout", "0n").fields())
                    .containsEntry("grpc-status", "4");
            assertThat(RawHttp2Client.to(gateway.port()))
                    .satisfies(other -> assertThat(call(other, PREFIX + "/Unary", "grpc-timeout", "soon")
                                    .fields())
                            .containsEntry("grpc-status", "13"));
        }
    }

    /** A client chooses its deadline, so a short one is no evidence about the target. */
    @Test
    void aDeadlineDuringAnUploadDoesNotOpenTheCircuit() {
        RawUpstream silent = fixture.upstream(RawHttp2Upstream.that(connection -> {
            int stream = connection.request();
            while (stream > 0) {
                stream = connection.request();
            }
        }));
        route(
                "silent",
                "/silent",
                silent.url(),
                ", \"circuitBreaker\": {\"consecutiveFailures\": 1, \"cooldown\": \"1h\"}");
        for (int i = 0; i < 2; i++) {
            try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
                RawHttp2Client.Answer answer = client.request(
                                1,
                                0,
                                "POST",
                                "/silent/Call",
                                "content-type",
                                "application/grpc",
                                "grpc-timeout",
                                "300m")
                        .answer(1);
                assertThat(answer.fields()).containsEntry("grpc-status", "4");
            }
        }
    }

    @Test
    void theGatewayAnswersInTermsOfGrpc() {
        route("dead", "/dead", fixture.dead().url(), ", \"retry\": {\"max\": 0}");
        route(
                "limited",
                "/limited",
                server.url(),
                ", \"rateLimits\": [{\"name\": \"a\", \"requests\": 1, \"per\": \"1d\"}]");
        assertStatus("/dead/Call", "14", "upstream-unreachable: no connection to");
        assertStatus("/nowhere/Call", "12", "no-route: ");
        assertStatus("/limited/Call", "12", "");
        assertStatus("/limited/Call", "8", "rate-limited: ");
        assertStatus(PREFIX + "/Unary", "8", "headers-too-large: ", "x-huge", "v".repeat(9_000));
    }

    @Test
    void anUnknownEncodingIsTheMatterOfTheServer() {
        assertStatus(PREFIX + "/Unary", "12", "ecompressor", "grpc-encoding", "nonsense");
    }

    @Test
    void aCallThatBreaksOffAfterAMessageIsInternal() {
        CountDownLatch passed = new CountDownLatch(1);
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection -> {
            int stream = connection.request();
            connection
                    .headers(stream, 0, ":status", "200", "content-type", "application/grpc")
                    .send(RawHttp2Client.DATA, 0, stream, "\0\0\0\0\1x")
                    .await(passed)
                    .send(RawHttp2Client.RST_STREAM, 0, stream, RawHttp2Client.number(2))
                    .linger();
        }));
        route("broken", "/broken", upstream.url(), "");
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.request(1, 0, "POST", "/broken/Call", "content-type", "application/grpc")
                    .data(1, RawHttp2Client.END_STREAM, "\0\0\0\0\0")
                    .until(RawHttp2Client.DATA);
            passed.countDown();
            // The head was read above, so the trailers are the first headers here.
            assertThat(client.answer(1).fields()).containsEntry("grpc-status", "13");
        }
    }

    @Test
    void anHttp1ClientLearnsThatGrpcNeedsHttp2() {
        HttpResponse<String> response =
                TestGateway.send(HttpRequest.newBuilder(URI.create(gateway.url() + PREFIX + "/Unary"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Content-Type", "application/grpc")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
        assertThat(response.statusCode()).isEqualTo(505);
        assertThat(response.body()).contains("gRPC needs HTTP/2");
    }

    @Test
    void anUnavailableServerIsAskedAgainAndOpensTheCircuit() {
        AtomicInteger calls = new AtomicInteger();
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection -> {
            for (int stream = connection.request(); stream > 0; stream = connection.request()) {
                calls.incrementAndGet();
                connection.grpcStatus(stream, 14);
            }
        }));
        route(
                "away",
                "/away",
                upstream.url(),
                ", \"retry\": {\"max\": 1, \"on\": [\"grpc:unavailable\"], \"backoff\": \"1ms\"},"
                        + " \"circuitBreaker\": {\"consecutiveFailures\": 3, \"cooldown\": \"1h\"}");
        assertStatus("/away/Call", "14", "");
        assertThat(calls).hasValue(2);
        assertStatus("/away/Call", "14", "");
        assertStatus("/away/Call", "14", "circuit-open: ");
        assertThat(calls).hasValue(3);
    }

    @Test
    void aHealthCheckCallsTheHealthService() {
        AtomicInteger status = new AtomicInteger(1);
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection -> {
            for (int stream = connection.request(); stream > 0; stream = connection.request()) {
                connection
                        .headers(stream, 0, ":status", "200", "content-type", "application/grpc")
                        .send(RawHttp2Client.DATA, 0, stream, "\0\0\0\0\2\10" + (char) status.get())
                        .headers(stream, RawHttp2Client.END_STREAM, "grpc-status", "0");
            }
        }));
        HttpResponse<String> created = gateway.admin("PUT", "/api/v1/routes/checked", """
                {"match": {"path": "/checked"}, "upstream": {"targets": [{"url": "%s"}], "protocol": "h2c",
                 "healthCheck": {"grpc": {"service": "a.B"}, "interval": "100ms", "unhealthyAfter": 1, "healthyAfter": 1}}}
                """.formatted(upstream.url()));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String healthy = "gateway_target_healthy{route=\"checked\",target=\"" + upstream.url() + "\"}";
        status.set(2);
        await().untilAsserted(() -> assertThat(gateway.metric(healthy)).isZero());
        status.set(1);
        await().untilAsserted(() -> assertThat(gateway.metric(healthy)).isEqualTo(1));
    }

    private static void route(String id, String path, String url, String further) {
        HttpResponse<String> response = gateway.admin(
                "PUT",
                "/api/v1/routes/" + id,
                "{\"match\": {\"path\": \"%s\"}, \"upstream\": {\"targets\": [{\"url\": \"%s\"}], \"protocol\": \"h2c\"}%s}"
                        .formatted(path, url, further));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    private static byte[] unary(MethodDescriptor<byte[], byte[]> method, byte[] request) {
        return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
    }

    private static Status failure(MethodDescriptor<byte[], byte[]> method, byte[] request) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> unary(method, request))
                .getStatus();
    }

    private static void assertStatus(String path, String status, String message, String... headers) {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            RawHttp2Client.Answer answer = call(client, path, headers);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.fields()).containsEntry("grpc-status", status);
            assertThat(answer.fields().getOrDefault("grpc-message", "")).contains(message);
        }
    }

    /** Calls with one empty message, and without {@code TE}. */
    private static RawHttp2Client.Answer call(RawHttp2Client client, String path, String... headers) {
        String[] all = Stream.concat(Stream.of("content-type", "application/grpc"), Stream.of(headers))
                .toArray(String[]::new);
        return client.request(1, 0, "POST", path, all)
                .data(1, RawHttp2Client.END_STREAM, "\0\0\0\0\0")
                .answer(1);
    }

    /** The answers to one call: its messages as text, and the name of its status. */
    private static final class Answers implements StreamObserver<byte[]> {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        @Override
        public void onNext(byte[] message) {
            received.add(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void onError(Throwable failure) {
            received.add(Status.fromThrowable(failure).toString());
        }

        @Override
        public void onCompleted() {
            received.add("OK");
        }

        String next() throws InterruptedException {
            return String.valueOf(received.poll(30, TimeUnit.SECONDS));
        }
    }
}
