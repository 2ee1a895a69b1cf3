package dev.pintle.server.http2;

import java.time.Duration;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.io.WindowRateControl;

/**
 * Limits the frames of one connection that cost the node more than the client. Clients of gRPC cancel many calls of one
 * connection at once, so the frames of canceled streams have a higher limit of their own: resets, and DATA that was under
 * way. Rapid reset attacks send many more. Safe for all threads.
 */
final class Http2FrameRate implements RateControl {
    private static final int CANCELLATIONS_PER_SECOND = 768;

    private final RateControl cancellations = new WindowRateControl(CANCELLATIONS_PER_SECOND, Duration.ofSeconds(1));
    private final RateControl others;

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
        return isOfCanceledStream(event) ? cancellations.onEvent(event) : others.onEvent(event);
    }

    /** Jetty reports DATA with content only for closed streams. */
    private static boolean isOfCanceledStream(Object event) {
        return event instanceof ResetFrame || (event instanceof DataFrame data && data.remaining() > 0);
    }
}
