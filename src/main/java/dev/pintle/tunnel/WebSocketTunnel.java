package dev.pintle.tunnel;

import dev.pintle.http.DuplexStream;
import dev.pintle.http.TunnelMeter;
import dev.pintle.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket between a client and an upstream. Bytes pass unchanged. The server hands over the bytes of the client, and
 * one virtual thread copies the bytes of the upstream. Safe for all threads, except as noted.
 */
public final class WebSocketTunnel {
    /** The time for the answer to a Close frame, and for one side after the other ended. */
    static final Duration FAREWELL = Duration.ofSeconds(10);

    private static final int LEAST = 512;
    private static final int MOST = 16 << 10;

    /** A Close frame with the code 1001, "going away" (RFC 6455 section 7.4.1). */
    private static final byte[] GOING_AWAY = {(byte) 0x88, 2, 0x03, (byte) 0xe9};

    private final TunnelFacts facts;
    private final ClientStream client;
    private final DuplexStream upstream;
    private final long silenceNanos;
    private final TunnelMeter meter;
    private final Ticker ticker;
    private final Consumer<WebSocketTunnel> onEnd;
    private final WebSocketFrames frames = new WebSocketFrames();
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicReference<@Nullable TunnelEnd> end = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();
    private volatile boolean started;
    private volatile boolean leaving;
    private volatile boolean clientEnded;
    private volatile boolean upstreamEnded;
    private volatile boolean upstreamDeaf;
    private volatile long movedAt;
    private volatile long leavingSince;
    private boolean closeSent;

    WebSocketTunnel(
            TunnelFacts facts,
            ClientStream client,
            DuplexStream upstream,
            Duration longestSilence,
            TunnelMeter meter,
            Ticker ticker,
            Consumer<WebSocketTunnel> onEnd) {
        this.facts = facts;
        this.client = client;
        this.upstream = upstream;
        this.silenceNanos = longestSilence.toNanos();
        this.meter = meter;
        this.ticker = ticker;
        this.onEnd = onEnd;
        this.movedAt = ticker.nanos();
    }

    public TunnelFacts facts() {
        return facts;
    }

    public TunnelStatus status() {
        return new TunnelStatus(facts, bytesIn.get(), bytesOut.get(), Duration.ofNanos(ticker.nanos() - movedAt));
    }

    /** The party or the event that ended the tunnel, or is about to end it; null while it is open. */
    public @Nullable TunnelEnd end() {
        return end.get();
    }

    /** Starts to copy the bytes of the upstream. */
    void start() {
        started = true;
        meter.opened();
        Thread.ofVirtual().name("tunnel").start(this::copyToClient);
    }

    /** Passes on bytes of the client. Blocks while the upstream takes no more. Called by one thread at a time. */
    public void receive(byte[] buffer, int length) {
        movedAt = ticker.nanos();
        bytesIn.addAndGet(length);
        meter.received(length);
        try {
            if (!upstreamDeaf) {
                upstream.output().write(buffer, 0, length);
            }
        } catch (IOException e) {
            // The upstream may still have sent an answer, such as a Close frame, which the client should receive.
            upstreamDeaf = true;
        }
    }

    /** The client ended its output. It may still receive. */
    public void clientEnded() {
        end.compareAndSet(null, TunnelEnd.CLIENT);
        clientEnded = true;
        try {
            upstream.endOutput();
        } catch (IOException e) {
            close();
        }
        closeIfBothEnded();
    }

    /** The connection of the client is lost. */
    public void clientFailed() {
        end.compareAndSet(null, TunnelEnd.CLIENT);
        close();
    }

    private void copyToClient() {
        try {
            copy(upstream.input());
            end.compareAndSet(null, TunnelEnd.UPSTREAM);
            upstreamEnded = true;
            // The client may not have read all bytes. A close now would reset its connection and discard them.
            client.endOutput();
            closeIfBothEnded();
        } catch (IOException | RuntimeException e) {
            end.compareAndSet(null, TunnelEnd.UPSTREAM);
            close();
        }
    }

    /** The buffer is large only while bytes arrive faster than they leave. */
    private void copy(InputStream input) throws IOException {
        byte[] buffer = new byte[LEAST];
        for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
            movedAt = ticker.nanos();
            send(buffer, read);
            if (read == buffer.length) {
                buffer = buffer.length == MOST ? buffer : new byte[MOST];
            } else if (buffer.length == MOST && input.available() == 0) {
                buffer = new byte[LEAST];
            }
        }
    }

    private void send(byte[] buffer, int read) throws IOException {
        writing.lock();
        try {
            if (!closeSent) {
                int length = frames.advance(buffer, read, leaving);
                write(buffer, length);
                closeAtBoundary();
            }
        } finally {
            writing.unlock();
        }
    }

    private void write(byte[] buffer, int length) throws IOException {
        try {
            client.write(buffer, length);
        } catch (IOException e) {
            end.compareAndSet(null, TunnelEnd.CLIENT);
            throw e;
        }
        bytesOut.addAndGet(length);
        meter.sent(length);
    }

    /**
     * Sends a Close frame to the client after the current frame. Closes the tunnel when both sides ended, at the latest
     * after {@link #FAREWELL}. Does not block.
     */
    void goAway(TunnelEnd why) {
        if (end.compareAndSet(null, why)) {
            leavingSince = ticker.nanos();
            leaving = true;
            Thread.ofVirtual().name("tunnel-close").start(this::sayGoingAway);
        }
    }

    private void sayGoingAway() {
        writing.lock();
        try {
            closeAtBoundary();
        } catch (IOException e) {
            close();
        } finally {
            writing.unlock();
        }
    }

    private void closeAtBoundary() throws IOException {
        if (leaving && !closeSent && frames.atBoundary()) {
            closeSent = true;
            if (!frames.closeSeen()) {
                write(GOING_AWAY, GOING_AWAY.length);
            }
        }
    }

    /** Ends a silent tunnel, and a tunnel that did not end in time. Does not block. */
    void check() {
        long now = ticker.nanos();
        boolean halfClosed = clientEnded || upstreamEnded;
        if (leaving ? now - leavingSince >= FAREWELL.toNanos() : halfClosed && now - movedAt >= FAREWELL.toNanos()) {
            close();
        } else if (now - movedAt >= silenceNanos) {
            goAway(TunnelEnd.SILENCE);
        }
    }

    private void closeIfBothEnded() {
        if (clientEnded && upstreamEnded) {
            close();
        }
    }

    private void close() {
        if (closed.compareAndSet(false, true)) {
            upstream.close();
            client.close();
            TunnelEnd why = end.get();
            if (started) {
                meter.ended(why == null ? TunnelEnd.CLIENT.text() : why.text());
            }
            onEnd.accept(this);
        }
    }
}
