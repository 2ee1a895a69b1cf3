package dev.pintle.tunnel;

import dev.pintle.http.DuplexStream;
import dev.pintle.http.TunnelMeter;
import dev.pintle.http.TunnelResponse;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open tunnels of a node. A thread checks each of them four times a second. An edit of a route leaves its tunnels
 * alone. Safe for all threads.
 */
public final class OpenTunnels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenTunnels.class);
    private static final Duration ROUND = Duration.ofMillis(250);

    private final ConcurrentNavigableMap<Long, WebSocketTunnel> open = new ConcurrentSkipListMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Ticker ticker;
    private volatile boolean shuttingDown;
    private volatile boolean closed;

    public OpenTunnels(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Starts the checks. */
    public static OpenTunnels start(Ticker ticker) {
        OpenTunnels tunnels = new OpenTunnels(ticker);
        Thread.ofVirtual().name("tunnel-monitor").start(tunnels::patrol);
        return tunnels;
    }

    /** The id of the next tunnel. */
    public long nextId() {
        return ids.incrementAndGet();
    }

    /**
     * Creates a tunnel that {@link #open} opens.
     *
     * @param onEnd called once, at the end of the tunnel
     */
    public WebSocketTunnel create(
            TunnelFacts facts,
            ClientStream client,
            TunnelResponse response,
            TunnelMeter meter,
            Consumer<WebSocketTunnel> onEnd) {
        DuplexStream upstream = response.upstream();
        return new WebSocketTunnel(facts, client, upstream, response.longestSilence(), meter, ticker, tunnel -> {
            open.remove(facts.id());
            onEnd.accept(tunnel);
        });
    }

    /** Opens a tunnel: its bytes flow from now on. */
    public void open(WebSocketTunnel tunnel) {
        open.put(tunnel.facts().id(), tunnel);
        tunnel.start();
        if (shuttingDown) {
            tunnel.goAway(TunnelEnd.SHUTDOWN);
        }
    }

    public boolean isEmpty() {
        return open.isEmpty();
    }

    /**
     * The open tunnels in the order of their ids.
     *
     * @param after the id before the first one; 0 for all
     */
    public List<WebSocketTunnel> list(Predicate<TunnelFacts> wanted, long after) {
        return open.tailMap(after, false).values().stream()
                .filter(tunnel -> wanted.test(tunnel.facts()))
                .toList();
    }

    /**
     * Closes tunnels with the code 1001. Does not wait for their end.
     *
     * @return the number of tunnels
     */
    public int goAway(Predicate<TunnelFacts> wanted, TunnelEnd why) {
        List<WebSocketTunnel> leaving = list(wanted, 0);
        leaving.forEach(tunnel -> tunnel.goAway(why));
        return leaving.size();
    }

    /** Closes all tunnels with the code 1001, also those that open from now on. */
    public void shutDown() {
        shuttingDown = true;
        goAway(any -> true, TunnelEnd.SHUTDOWN);
    }

    /** The longest time from {@link #shutDown} to the end of the last tunnel. */
    public static Duration longestFarewell() {
        return WebSocketTunnel.FAREWELL.plus(ROUND).plus(ROUND);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void patrol() {
        while (!closed) {
            open.values().forEach(OpenTunnels::check);
            LockSupport.parkNanos(ROUND.toNanos());
        }
    }

    private static void check(WebSocketTunnel tunnel) {
        try {
            tunnel.check();
        } catch (RuntimeException | Error e) {
            // An error of the JVM, such as memory that runs out, must not end the thread either.
            LOG.error(
                    "Cannot check the tunnel {}. It stays open.", tunnel.facts().id(), e);
        }
    }
}
