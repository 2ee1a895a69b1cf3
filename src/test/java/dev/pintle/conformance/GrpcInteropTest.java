package dev.pintle.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.TestGateway;
import io.grpc.ForwardingServerBuilder;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.testing.integration.AbstractInteropTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The public interoperability cases of gRPC pass through the gateway, between the client and the server of grpc-java. */
class GrpcInteropTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /**
     * The names of {@code interop-test-descriptions.md}; names with a capital letter are cases of grpc-java only. Its case
     * deadlineExceeded requires the text of the client, but the gateway can detect the same deadline first.
     */
    static Stream<Case> cases() {
        return Stream.of(
                new Case("empty_unary", AbstractInteropTest::emptyUnary),
                new Case("large_unary", AbstractInteropTest::largeUnary),
                new Case("client_compressed_unary", client -> client.clientCompressedUnary(false)),
                new Case("server_compressed_unary", AbstractInteropTest::serverCompressedUnary),
                new Case("client_streaming", AbstractInteropTest::clientStreaming),
                new Case("client_compressed_streaming", client -> client.clientCompressedStreaming(false)),
                new Case("server_streaming", AbstractInteropTest::serverStreaming),
                new Case("server_compressed_streaming", AbstractInteropTest::serverCompressedStreaming),
                new Case("ping_pong", AbstractInteropTest::pingPong),
                new Case("empty_stream", AbstractInteropTest::emptyStream),
                new Case("custom_metadata", AbstractInteropTest::customMetadata),
                new Case("status_code_and_message", AbstractInteropTest::statusCodeAndMessage),
                new Case("special_status_message", AbstractInteropTest::specialStatusMessage),
                new Case("unimplemented_method", AbstractInteropTest::unimplementedMethod),
                new Case("unimplemented_service", AbstractInteropTest::unimplementedService),
                new Case("cancel_after_begin", AbstractInteropTest::cancelAfterBegin),
                new Case("cancel_after_first_response", AbstractInteropTest::cancelAfterFirstResponse),
                new Case("timeout_on_sleeping_server", AbstractInteropTest::timeoutOnSleepingServer),
                new Case("emptyUnaryWithRetriableStream", AbstractInteropTest::emptyUnaryWithRetriableStream),
                new Case("fullDuplexCall", AbstractInteropTest::fullDuplexCallShouldSucceed),
                new Case("halfDuplexCall", AbstractInteropTest::halfDuplexCallShouldSucceed),
                new Case("veryLargeRequest", AbstractInteropTest::veryLargeRequest),
                new Case("veryLargeResponse", AbstractInteropTest::veryLargeResponse),
                new Case("exchangeMetadataUnaryCall", AbstractInteropTest::exchangeMetadataUnaryCall),
                new Case("exchangeMetadataStreamingCall", AbstractInteropTest::exchangeMetadataStreamingCall),
                new Case("deadlineNotExceeded", AbstractInteropTest::deadlineNotExceeded),
                new Case("deadlineExceededServerStreaming", AbstractInteropTest::deadlineExceededServerStreaming),
                new Case("deadlineInPast", AbstractInteropTest::deadlineInPast),
                new Case("maxInboundSize_exact", AbstractInteropTest::maxInboundSize_exact),
                new Case("maxInboundSize_tooBig", AbstractInteropTest::maxInboundSize_tooBig),
                new Case("sendsTimeoutHeader", AbstractInteropTest::sendsTimeoutHeader),
                new Case("gracefulShutdown", AbstractInteropTest::gracefulShutdown));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aPublicCaseOfGrpcPasses(Case each) throws Exception {
        Calls calls = new Calls();
        calls.setUp();
        try {
            each.body.run(calls);
        } finally {
            calls.tearDown();
        }
    }

    /**
     * A case.
     *
     * @param name its public name
     */
    record Case(String name, Body body) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The calls and assertions of a case. */
    @FunctionalInterface
    interface Body {
        void run(AbstractInteropTest client) throws Exception;
    }

    /** The cases, with the gateway between their client and their server. */
    private static final class Calls extends AbstractInteropTest {
        @Override
        protected ServerBuilder<?> getServerBuilder() {
            return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .maxInboundMessageSize(MAX_MESSAGE_SIZE);
        }

        @Override
        protected void startServer(ServerBuilder<?> builder) {
            RoutedServer routed = new RoutedServer(builder);
            super.startServer(routed);
            routed.route();
        }

        @Override
        protected ManagedChannelBuilder<?> createChannelBuilder() {
            return NettyChannelBuilder.forAddress("127.0.0.1", gateway.port())
                    .usePlaintext()
                    .maxInboundMessageSize(MAX_MESSAGE_SIZE);
        }

        @Override
        protected boolean metricsExpected() {
            return false;
        }
    }

    /** Remembers the server that it builds. */
    private static final class RoutedServer extends ForwardingServerBuilder<RoutedServer> {
        private final ServerBuilder<?> delegate;
        private Server server;

        RoutedServer(ServerBuilder<?> delegate) {
            this.delegate = delegate;
        }

        @Override
        protected ServerBuilder<?> delegate() {
            return delegate;
        }

        @Override
        public Server build() {
            server = super.build();
            return server;
        }

        void route() {
            HttpResponse<String> response =
                    gateway.admin("PUT", "/api/v1/routes/grpc", """
                    {"match": {"path": "/"},
                     "upstream": {"targets": [{"url": "http://127.0.0.1:%d"}], "protocol": "h2c"}}
                    """.formatted(server.getPort()));
            assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
        }
    }
}
