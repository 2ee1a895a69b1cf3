package dev.pintle.bench;

import dev.pintle.testing.GrpcUpstream;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.WebSockets;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Clients that send their next message after the answer to the last. Prints the number of answers, the failures, and the
 * median and the 99th percentile in microseconds.
 */
public final class ProtocolLoad {
    private static final int CALLERS_OF_A_CHANNEL = 16;
    private static final int PAYLOAD = 32;

    private ProtocolLoad() {}

    /** One question and its answer. */
    @FunctionalInterface
    private interface RoundTrip {
        void run() throws IOException;
    }

    /** Runs with {@code grpc|websocket PORT CLIENTS SECONDS}. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        int clients = Integer.parseInt(arguments[2]);
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[3]));
        List<AutoCloseable> open = new ArrayList<>();
        List<RoundTrip> trips =
                arguments[0].equals("grpc") ? grpc(port, clients, open) : webSockets(port, clients, open);
        run(trips, System.nanoTime() + time.toNanos());
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private static List<RoundTrip> grpc(int port, int clients, List<AutoCloseable> open) {
        List<ManagedChannel> channels = IntStream.rangeClosed(0, (clients - 1) / CALLERS_OF_A_CHANNEL)
                .mapToObj(i -> NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .build())
                .toList();
        channels.forEach(channel -> open.add(channel::shutdownNow));
        return IntStream.range(0, clients)
                .<RoundTrip>mapToObj(i -> {
                    ManagedChannel channel = channels.get(i % channels.size());
                    byte[] message = new byte[PAYLOAD];
                    return () ->
                            ClientCalls.blockingUnaryCall(channel, GrpcUpstream.UNARY, CallOptions.DEFAULT, message);
                })
                .toList();
    }

    private static List<RoundTrip> webSockets(int port, int clients, List<AutoCloseable> open) {
        String frame = WebSockets.maskedFrame("x".repeat(PAYLOAD));
        return IntStream.range(0, clients)
                .<RoundTrip>mapToObj(i -> {
                    RawClient client = RawClient.to(port);
                    open.add(client);
                    client.send(WebSockets.handshake("/ws")).head();
                    DataInputStream in = new DataInputStream(client.in());
                    byte[] echo = new byte[frame.length()];
                    // The upstream sends back all bytes, the mask included.
                    return () -> {
                        client.send(frame);
                        in.readFully(echo);
                    };
                })
                .toList();
    }

    private static void run(List<RoundTrip> trips, long end) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answers>> all = trips.stream()
                    .map(trip -> threads.submit(() -> until(end, trip)))
                    .toList();
            long failed = 0;
            long count = 0;
            for (Future<Answers> each : all) {
                count += each.get().count;
                failed += each.get().failed;
            }
            long[] nanos = new long[(int) count];
            int filled = 0;
            for (Future<Answers> each : all) {
                System.arraycopy(each.get().nanos, 0, nanos, filled, each.get().count);
                filled += each.get().count;
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "%d %d %d %d%n",
                    count,
                    failed,
                    count == 0 ? 0 : nanos[filled / 2] / 1_000,
                    count == 0 ? 0 : nanos[filled * 99 / 100] / 1_000);
        }
    }

    private static Answers until(long end, RoundTrip trip) {
        Answers answers = new Answers();
        for (long began = System.nanoTime(); began < end; began = System.nanoTime()) {
            try {
                trip.run();
                answers.add(System.nanoTime() - began);
            } catch (IOException | RuntimeException e) {
                answers.failed++;
                if (e instanceof IOException) {
                    return answers;
                }
            }
        }
        return answers;
    }

    /** The answers to one client. */
    private static final class Answers {
        private long[] nanos = new long[1 << 10];
        private int count;
        private int failed;

        void add(long time) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = time;
        }
    }
}
