package dev.pintle.app;

import io.dropwizard.lifecycle.Managed;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the opened resources in reverse order, after a failed start and when the server stops. */
final class Closer implements Managed, LifeCycle.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Closer.class);

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    /** Registers a resource and returns it. */
    <T extends AutoCloseable> T opened(T resource) {
        resources.push(resource);
        return resource;
    }

    /** Runs also after a failed start, when Jetty does not stop its managed objects. */
    @Override
    public void lifeCycleStopped(LifeCycle server) {
        stop();
    }

    /** Closes all resources, even if some of them fail to close. */
    @Override
    public void stop() {
        while (!resources.isEmpty()) {
            AutoCloseable resource = resources.pop();
            try {
                resource.close();
            } catch (Exception e) {
                LOG.warn(
                        "Cannot close {}: {}. Continuing to stop.",
                        resource.getClass().getSimpleName(),
                        e.toString());
            }
        }
    }
}
