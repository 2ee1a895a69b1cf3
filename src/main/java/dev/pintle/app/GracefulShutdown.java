package dev.pintle.app;

import dev.pintle.introspection.Readiness;
import io.dropwizard.util.Duration;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first step of a shutdown: the node reports that it is not ready, and goes on taking requests until load balancers have
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
        // Nobody sends requests to a node that never was ready.
        if (!readiness.stopping()) {
            return;
        }
        LOG.info("Stopping: /__ready answers 503, new requests are taken for another {}.", delay);
        try {
            Thread.sleep(delay.toMilliseconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
