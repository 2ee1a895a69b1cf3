package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.GrpcUpstream;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawHttp2Upstream;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** gRPC calls get the right status however their upstream fails, and many calls share one connection of a client. */
class GrpcFailuresTest {
    private static final int CALLS = 1_000;
    private static TestGateway gateway;

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("server.http2.maxConcurrentStreams=" + (CALLS + 1));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** The codes are those of RST_STREAM (RFC 9113 section 7). */
    @ParameterizedTest
    @CsvSource({
        "1, upstream-reset",
        "2, upstream-reset",
        "7, upstream-unreachable",
        "8, upstream-reset",
        "11, upstream-reset"
    })
    void aResetBeforeAnyMessageIsUnavailable(int code, String error) {
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection -> {
            for (int stream = connection.request(); stream > 0; stream = connection.request()) {
                connection.send(RawHttp2Client.RST_STREAM, 0, stream, RawHttp2Client.number(code));
            }
        }));
        route("reset" + code, "reset" + code, upstream.url(), "");
        assertThat(call("reset" + code).fields())
                .containsEntry("grpc-status", "14")
                .hasEntrySatisfying("grpc-message", text -> assertThat(text).contains(error));
    }

    @Test
    void aStreamThatTheServerRefusesOnceIsSentAgain() {
        AtomicInteger requests = new AtomicInteger();
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection -> {
            for (int stream = connection.request(); stream > 0; stream = connection.request()) {
                if (requests.incrementAndGet() == 1) {
                    connection.send(RawHttp2Client.RST_STREAM, 0, stream, RawHttp2Client.number(7));
                } else {
                    connection.grpcStatus(stream, 0);
                }
            }
        }));
        route("refused", "refused", upstream.url(), "");
        assertThat(call("refused").fields()).containsEntry("grpc-status", "0");
        assertThat(requests).hasValue(2);
    }

    /** The second attempt is silent, so the deadline ends the call and not the last answer. */
    @Test
    void theDeadlineEndsARetry() {
        AtomicInteger requests = new AtomicInteger();
        RawUpstream upstream = fixture.upstream(RawHttp2Upstream.that(connection -> {
            for (int stream = connection.request(); stream > 0; stream = connection.request()) {
                if (requests.incrementAndGet() == 1) {
                    connection.grpcStatus(stream, 14);
                }
            }
        }));
        route("late", "late", upstream.url(), """
                , "retry": {"max": 5, "on": ["grpc:unavailable", "timeout"], "backoff": "1ms"}""");
        assertThat(call("late", "grpc-timeout", "1S").fields())
                .containsEntry("grpc-status", "4")
                .hasEntrySatisfying("grpc-message", text -> assertThat(text).contains("upstream-timeout"));
        assertThat(requests).hasValue(2);
    }

    @Test
    void aCallWithoutTePasses() {
        GrpcUpstream server = fixture.keep(GrpcUpstream.start());
        route("te", GrpcUpstream.SERVICE, server.url(), "");
        RawHttp2Client.Answer answer = call(GrpcUpstream.SERVICE + "/Unary");
        assertThat(answer.body()).isEqualTo("\0\0\0\0\0");
        assertThat(answer.trailers()).containsEntry("grpc-status", "0");
        delete("te");
    }

    /** No call ends before each has received a message. */
    @Test
    void aThousandOpenCallsShareOneConnection() throws Exception {
        GrpcUpstream server = fixture.keep(GrpcUpstream.start());
        route("open", GrpcUpstream.SERVICE, server.url(), "");
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", gateway.port())
                .usePlaintext()
                .build();
        try {
            CountDownLatch received = new CountDownLatch(CALLS);
            CountDownLatch completed = new CountDownLatch(CALLS);
            List<StreamObserver<byte[]>> requests = IntStream.range(0, CALLS)
                    .mapToObj(i -> ClientCalls.asyncBidiStreamingCall(
                            channel.newCall(GrpcUpstream.TALK, CallOptions.DEFAULT), new Counts(received, completed)))
                    .toList();
            requests.forEach(each -> each.onNext(new byte[100]));
            assertThat(received.await(60, TimeUnit.SECONDS)).isTrue();
            requests.forEach(StreamObserver::onCompleted);
            assertThat(completed.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            channel.shutdownNow();
            delete("open");
        }
    }

    private static void route(String id, String path, String url, String further) {
        HttpResponse<String> response = gateway.admin(
                "PUT",
                "/api/v1/routes/" + id,
                "{\"match\": {\"path\": \"/%s\"}, \"upstream\": {\"targets\": [{\"url\": \"%s\"}], \"protocol\": \"h2c\"}%s}"
                        .formatted(path, url, further));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    private static void delete(String id) {
        assertThat(gateway.admin("DELETE", "/api/v1/routes/" + id, "").statusCode())
                .isEqualTo(204);
    }

    /** Calls with one empty message, and without {@code TE}. */
    private static RawHttp2Client.Answer call(String path, String... headers) {
        String[] all = Stream.concat(Stream.of("content-type", "application/grpc"), Stream.of(headers))
                .toArray(String[]::new);
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            return client.request(1, 0, "POST", "/" + path, all)
                    .data(1, RawHttp2Client.END_STREAM, "\0\0\0\0\0")
                    .answer(1);
        }
    }

    /** Counts the first message and the regular end of a call. */
    private record Counts(CountDownLatch received, CountDownLatch completed) implements StreamObserver<byte[]> {
        @Override
        public void onNext(byte[] message) {
            received.countDown();
        }

        @Override
        public void onError(Throwable failure) {
            // Its absence is noticed at the latch.
        }

        @Override
        public void onCompleted() {
            completed.countDown();
        }
    }
}
