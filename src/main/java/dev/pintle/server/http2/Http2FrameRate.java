package dev.pintle.server.http2;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.io.WindowRateControl;

/**
 * Limits the frames of one connection that cost the node more than the client. Clients of gRPC cancel many calls of one
 * connection at once, so the frames of canceled streams have a limit of their own that admits a burst: resets, and DATA
 * that was under way. Rapid reset attacks send many more. Safe for all threads.
 */
final class Http2FrameRate implements RateControl {
    private static final double MOST_CANCELLATIONS = 2_000;
    private static final double CANCELLATIONS_PER_SECOND = 512;

    private final RateControl others;
    private final Ticker ticker = Ticker.SYSTEM;
    private double cancellations = MOST_CANCELLATIONS;
    private long refilledAt = ticker.nanos();

    private Http2FrameRate(int othersPerSecond) {
        others = new WindowRateControl(othersPerSecond, Duration.ofSeconds(1));
    }

    /** Creates the limit of each connection. */
    static RateControl.Factory factory(int othersPerSecond) {
        return new RateControl.Factory() {
            @Override
            public RateControl newRateControl(EndPoint endPoint) {
                return new Http2FrameRate(othersPerSecond);
            }
        };
    }

    @Override
    public boolean onEvent(Object event) {
        return isOfCanceledStream(event) ? takeCancellation() : others.onEvent(event);
    }

    /** Jetty reports DATA with content only for closed streams. */
    private static boolean isOfCanceledStream(Object event) {
        return event instanceof ResetFrame || (event instanceof DataFrame data && data.remaining() > 0);
    }

    private synchronized boolean takeCancellation() {
        long now = ticker.nanos();
        double refill = (now - refilledAt) * CANCELLATIONS_PER_SECOND / TimeUnit.SECONDS.toNanos(1);
        cancellations = Math.min(MOST_CANCELLATIONS, cancellations + refill) - 1;
        refilledAt = now;
        return cancellations >= 0;
    }
}
