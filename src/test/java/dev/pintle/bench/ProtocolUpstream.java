package dev.pintle.bench;

import dev.pintle.testing.GrpcUpstream;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.WebSockets;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** Upstreams of {@code make bench} that send back what they receive. Prints their ports: gRPC, then WebSocket. */
public final class ProtocolUpstream {
    private ProtocolUpstream() {}

    /** Runs until the process is ended. */
    public static void main(String[] none) throws InterruptedException {
        try (GrpcUpstream grpc = GrpcUpstream.start();
                RawUpstream sockets = RawUpstream.seenBy(request -> {}, WebSockets.echoes())) {
            System.out.println(URI.create(grpc.url()).getPort() + " " + sockets.port());
            new CountDownLatch(1).await();
        }
    }
}
