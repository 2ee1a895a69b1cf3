package dev.pintle.app;

import dev.pintle.introspection.Readiness;
import dev.pintle.time.Sleeper;
import io.dropwizard.util.Duration;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first step of a shutdown. The node reports that it is not ready, and accepts requests until load balancers have
 * noticed. The server then finishes the requests in flight.
 */
final class GracefulShutdown implements LifeCycle.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(GracefulShutdown.class);

    private final Readiness readiness;
    private final Duration delay;
    private final Sleeper sleeper;

    GracefulShutdown(Readiness readiness, Duration delay, Sleeper sleeper) {
        this.readiness = readiness;
        this.delay = delay;
        this.sleeper = sleeper;
    }

    @Override
    public void lifeCycleStopping(LifeCycle server) {
        // A node that was never ready receives no requests.
        if (!readiness.stopping()) {
            return;
        }
        LOG.info("Stopping: /__ready answers 503; accepting new requests for another {}.", delay);
        try {
            sleeper.of(delay.toJavaDuration());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
