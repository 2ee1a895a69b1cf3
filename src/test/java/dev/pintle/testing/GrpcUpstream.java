package dev.pintle.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A gRPC server of grpc-java on a free loopback port, whose messages are bytes. */
public final class GrpcUpstream implements AutoCloseable {
    public static final String SERVICE = "test.Echo";
    /** Answers with the request. */
    public static final MethodDescriptor<byte[], byte[]> UNARY = method(MethodType.UNARY, "Unary");
    /** Answers each request, which is a number, with so many messages of one byte. */
    public static final MethodDescriptor<byte[], byte[]> MANY = method(MethodType.SERVER_STREAMING, "Many");
    /** Answers with the number of requests, at their end. */
    public static final MethodDescriptor<byte[], byte[]> COUNT = method(MethodType.CLIENT_STREAMING, "Count");
    /** Answers each request at once. */
    public static final MethodDescriptor<byte[], byte[]> TALK = method(MethodType.BIDI_STREAMING, "Talk");
    /** Fails with the status whose number is the request. */
    public static final MethodDescriptor<byte[], byte[]> FAIL = method(MethodType.UNARY, "Fail");
    /** Answers never. */
    public static final MethodDescriptor<byte[], byte[]> HANG = method(MethodType.UNARY, "Hang");
    /** Metadata that comes back as a header and as a trailer. */
    public static final Metadata.Key<byte[]> BINARY = Metadata.Key.of("x-echo-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private static final int LARGE = 16 << 20;

    private final Server server;
    private final BlockingQueue<String> canceled = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> timeouts = new LinkedBlockingQueue<>();

    private GrpcUpstream(long maxConnectionAgeSeconds) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .maxInboundMessageSize(LARGE)
                .addService(ServerInterceptors.intercept(service(), new EchoMetadata()));
        if (maxConnectionAgeSeconds > 0) {
            builder.maxConnectionAge(maxConnectionAgeSeconds, TimeUnit.SECONDS);
        }
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static GrpcUpstream start() {
        return new GrpcUpstream(0);
    }

    /** Starts a server that sends GOAWAY on each connection at this age. */
    public static GrpcUpstream withConnectionAge(long seconds) {
        return new GrpcUpstream(seconds);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Returns the calls that were canceled. */
    public BlockingQueue<String> canceled() {
        return canceled;
    }

    /** Returns the {@code grpc-timeout} of calls that never end. */
    public BlockingQueue<String> timeouts() {
        return timeouts;
    }

    private ServerServiceDefinition service() {
        return ServerServiceDefinition.builder(SERVICE)
                .addMethod(UNARY, ServerCalls.asyncUnaryCall((request, response) -> answer(response, request)))
                .addMethod(MANY, ServerCalls.asyncServerStreamingCall((request, response) -> {
                    for (int i = 0; i < Integer.parseInt(new String(request, UTF_8)); i++) {
                        response.onNext(new byte[] {(byte) i});
                    }
                    response.onCompleted();
                }))
                .addMethod(COUNT, ServerCalls.asyncClientStreamingCall(Counter::new))
                .addMethod(TALK, ServerCalls.asyncBidiStreamingCall(Echo::new))
                .addMethod(
                        FAIL,
                        ServerCalls.asyncUnaryCall((request, response) ->
                                response.onError(Status.fromCodeValue(Integer.parseInt(new String(request, UTF_8)))
                                        .withDescription("as asked: ü %")
                                        .asRuntimeException())))
                .addMethod(HANG, ServerCalls.asyncUnaryCall((request, response) -> {
                    ((ServerCallStreamObserver<byte[]>) response).setOnCancelHandler(() -> canceled.add("hang"));
                    timeouts.add(String.valueOf(Context.current().getDeadline()));
                }))
                .build();
    }

    private static void answer(StreamObserver<byte[]> response, byte[] message) {
        response.onNext(message);
        response.onCompleted();
    }

    private static MethodDescriptor<byte[], byte[]> method(MethodType type, String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Ignores the errors of the client. */
    private abstract static class Receiver implements StreamObserver<byte[]> {
        @Override
        public void onError(Throwable failure) {
            // The client canceled the call.
        }
    }

    private static final class Counter extends Receiver {
        private final StreamObserver<byte[]> response;
        private int count;

        Counter(StreamObserver<byte[]> response) {
            this.response = response;
        }

        @Override
        public void onNext(byte[] message) {
            count++;
        }

        @Override
        public void onCompleted() {
            answer(response, Integer.toString(count).getBytes(UTF_8));
        }
    }

    private static final class Echo extends Receiver {
        private final StreamObserver<byte[]> response;

        Echo(StreamObserver<byte[]> response) {
            this.response = response;
        }

        @Override
        public void onNext(byte[] message) {
            response.onNext(message);
        }

        @Override
        public void onCompleted() {
            response.onCompleted();
        }
    }

    private static final class EchoMetadata implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata metadata, ServerCallHandler<Q, R> next) {
            byte[] value = metadata.get(BINARY);
            return next.startCall(
                    new SimpleForwardingServerCall<>(call) {
                        @Override
                        public void sendHeaders(Metadata headers) {
                            put(headers);
                            super.sendHeaders(headers);
                        }

                        @Override
                        public void close(Status status, Metadata trailers) {
                            put(trailers);
                            super.close(status, trailers);
                        }

                        private void put(Metadata to) {
                            if (value != null) {
                                to.put(BINARY, value);
                            }
                        }
                    },
                    metadata);
        }
    }
}
