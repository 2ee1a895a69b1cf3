package dev.pintle.app;

import dev.pintle.introspection.Readiness;
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

    GracefulShutdown(Readiness readiness, Duration delay) {
        this.readiness = readiness;
        this.delay = delay;
    }

    @Override
    public void lifeCycleStopping(LifeCycle server) {
        // A node that was never ready receives no requests.
        if (!readiness.stopping()) {
            return;
        }
        LOG.info("Stopping: /__ready answers 503; accepting new requests for another {}.", delay);
        try {
            Thread.sleep(delay.toMilliseconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
