package dev.pintle.app;

import dev.pintle.introspection.Readiness;
import io.dropwizard.util.Duration;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first step of a stop: says that the node is not ready any more, and goes on to serve until those who send requests
 * have heard. The server then finishes what is on its way.
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
        readiness.stopping();
        LOG.info("Stopping: requests on their way are finished.");
        try {
            Thread.sleep(delay.toMilliseconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
