package dev.pintle.soak;

import dev.pintle.testing.GrpcUpstream;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A gRPC call that sends 1 GiB and receives it back at the same time, with a small heap. */
final class LongGrpcCall implements Drill {
    private static final long SIZE = 1L << 30;
    private static final int MESSAGE = 64 << 10;
    private static final int UNANSWERED = 64;

    @Override
    public Figure run() throws Exception {
        try (DrillSite site = DrillSite.with("256m");
                GrpcUpstream server = GrpcUpstream.start()) {
            GrpcCancellation.route(site, server);
            long pid = site.gateway().pid();
            long before = ProcessStats.of(pid).rss();
            ManagedChannel channel = NettyChannelBuilder.forAddress(
                            "127.0.0.1", site.gateway().port())
                    .usePlaintext()
                    .build();
            try {
                Echoes echoes = new Echoes();
                StreamObserver<byte[]> requests = ClientCalls.asyncBidiStreamingCall(
                        channel.newCall(GrpcUpstream.TALK, CallOptions.DEFAULT), echoes);
                long began = System.nanoTime();
                byte[] message = new byte[MESSAGE];
                for (long sent = 0; sent < SIZE; sent += MESSAGE) {
                    if (!echoes.window.tryAcquire(1, TimeUnit.MINUTES)) {
                        throw new IllegalStateException("no echo within a minute");
                    }
                    requests.onNext(message);
                }
                requests.onCompleted();
                boolean ended = echoes.ended.await(1, TimeUnit.MINUTES);
                double seconds = (System.nanoTime() - began) / 1e9;
                return new Figure(
                        "a bidirectional gRPC call of 1 GiB, heap 256 MiB",
                        "every message comes back; memory bounded",
                        "%s; %d of %d MiB came back in %.1f s; RSS %d MiB, at most %d MiB"
                                .formatted(
                                        ended ? echoes.end : "the call did not end",
                                        echoes.bytes.get() >> 20,
                                        SIZE >> 20,
                                        seconds,
                                        before,
                                        ProcessStats.of(pid).peak()));
            } finally {
                channel.shutdownNow();
            }
        }
    }

    /** Permits as many unanswered messages as fit into memory. */
    private static final class Echoes implements StreamObserver<byte[]> {
        private final Semaphore window = new Semaphore(UNANSWERED);
        private final CountDownLatch ended = new CountDownLatch(1);
        private final AtomicLong bytes = new AtomicLong();
        private volatile String end = "";

        @Override
        public void onNext(byte[] message) {
            bytes.addAndGet(message.length);
            window.release();
        }

        @Override
        public void onError(Throwable failure) {
            end = failure.toString();
            ended.countDown();
            window.release(Integer.MAX_VALUE / 2);
        }

        @Override
        public void onCompleted() {
            end = "OK";
            ended.countDown();
        }
    }
}
