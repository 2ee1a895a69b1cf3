package dev.pintle.proxy;

import dev.pintle.time.Ticker;
import dev.pintle.tunnel.OpenTunnels;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.Graceful;

/** Closes the tunnels with the code 1001 when the server stops, and waits for their end. Safe for all threads. */
public final class TunnelDrain extends AbstractLifeCycle implements Graceful {
    private static final Duration ROUND = Duration.ofMillis(20);

    private final OpenTunnels tunnels;
    private final Ticker ticker;
    private volatile boolean begun;

    public TunnelDrain(OpenTunnels tunnels, Ticker ticker) {
        this.tunnels = tunnels;
        this.ticker = ticker;
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        begun = true;
        tunnels.shutDown();
        CompletableFuture<Void> drained = new CompletableFuture<>();
        Thread.ofVirtual().name("tunnel-drain").start(() -> {
            awaitEnd();
            drained.complete(null);
        });
        return drained;
    }

    @Override
    public boolean isShutdown() {
        return begun;
    }

    private void awaitEnd() {
        long start = ticker.nanos();
        while (!tunnels.isEmpty()
                && ticker.nanos() - start < OpenTunnels.longestFarewell().toNanos()) {
            LockSupport.parkNanos(ROUND.toNanos());
        }
    }
}
