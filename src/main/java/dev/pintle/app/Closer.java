package dev.pintle.app;

import io.dropwizard.lifecycle.Managed;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened and must be closed again, the last first, whether the start succeeds or not. */
final class Closer implements Managed, LifeCycle.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Closer.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Notes a thing; it comes back. */
    <T extends AutoCloseable> T opened(T thing) {
        open.push(thing);
        return thing;
    }

    /** A server that did not start never stops what it manages. */
    @Override
    public void lifeCycleStopped(LifeCycle server) {
        stop();
    }

    /** Closes all of them. One that fails to close keeps no other open. */
    @Override
    public void stop() {
        while (!open.isEmpty()) {
            AutoCloseable thing = open.pop();
            try {
                thing.close();
            } catch (Exception e) {
                LOG.warn("{} did not close: {}", thing.getClass().getSimpleName(), e.toString());
            }
        }
    }
}
