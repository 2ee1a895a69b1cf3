package dev.pintle.soak;

import dev.pintle.testing.GrpcUpstream;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawHttp2Upstream;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** gRPC calls that the client cancels, and calls that the server resets. */
final class GrpcCancellation implements Drill {
    private static final int CALLS = 200;

    @Override
    public Figure run() throws Exception {
        try (DrillSite site = DrillSite.with("256m");
                GrpcUpstream server = GrpcUpstream.start()) {
            route(site, server);
            double[] byClient = byClient(site, server);
            double[] byServer = byServer(site);
            return new Figure(
                    "200 gRPC calls canceled by the client, and 200 reset by the server",
                    "the other side knows within 100 ms",
                    "after %.1f ms by the client (p99 %.1f), %.1f ms by the server (p99 %.1f)"
                            .formatted(
                                    byClient[CALLS / 2],
                                    byClient[CALLS * 99 / 100],
                                    byServer[CALLS / 2],
                                    byServer[CALLS * 99 / 100]));
        }
    }

    static void route(DrillSite site, GrpcUpstream server) {
        put(site, "grpc", "/" + GrpcUpstream.SERVICE, server.url());
    }

    private static void put(DrillSite site, String id, String path, String url) {
        String answer = site.gateway()
                .admin("PUT", "/api/v1/routes/" + id, """
                {"match": {"path": "%s"}, "upstream": {"targets": [{"url": "%s"}], "protocol": "h2c"}}
                """.formatted(path, url))
                .body();
        if (!answer.contains("\"" + id + "\"")) {
            throw new IllegalStateException(answer);
        }
    }

    private static double[] byClient(DrillSite site, GrpcUpstream server) throws InterruptedException {
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", site.gateway().port())
                .usePlaintext()
                .build();
        double[] millis = new double[CALLS];
        try {
            for (int i = 0; i < CALLS; i++) {
                ClientCall<byte[], byte[]> call = channel.newCall(GrpcUpstream.HANG, CallOptions.DEFAULT);
                ClientCalls.asyncUnaryCall(call, new byte[1], new Ignored());
                server.timeouts().poll(1, TimeUnit.MINUTES);
                long began = System.nanoTime();
                call.cancel("drill", null);
                server.canceled().poll(1, TimeUnit.MINUTES);
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
        } finally {
            channel.shutdownNow();
        }
        Arrays.sort(millis);
        return millis;
    }

    private static double[] byServer(DrillSite site) {
        AtomicLong began = new AtomicLong();
        put(
                site,
                "resets",
                "/resets",
                site.upstream(RawHttp2Upstream.that(connection -> {
                            for (int stream = connection.request(); stream > 0; stream = connection.request()) {
                                connection
                                        .headers(stream, 0, ":status", "200", "content-type", "application/grpc")
                                        .send(RawHttp2Client.DATA, 0, stream, "\0\0\0\0\0");
                                began.set(System.nanoTime());
                                connection.send(RawHttp2Client.RST_STREAM, 0, stream, RawHttp2Client.number(8));
                            }
                        }))
                        .url());
        double[] millis = new double[CALLS];
        try (RawHttp2Client client = RawHttp2Client.to(site.gateway().port())) {
            for (int i = 0; i < CALLS; i++) {
                int stream = 2 * i + 1;
                client.request(stream, 0, "POST", "/resets/Call", "content-type", "application/grpc")
                        .data(stream, 0, "\0\0\0\0\0")
                        .answer(stream);
                millis[i] = (System.nanoTime() - began.get()) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis;
    }

    /** Ignores the answer to a call. */
    private static final class Ignored implements StreamObserver<byte[]> {
        @Override
        public void onNext(byte[] message) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
