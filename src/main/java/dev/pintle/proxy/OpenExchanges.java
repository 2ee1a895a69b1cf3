package dev.pintle.proxy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open exchanges. HTTP/1.1 does not signal a departed client to a server that waits for an upstream, so each round
 * checks the client of every exchange that is older than one round. Safe for all threads.
 */
public final class OpenExchanges extends AbstractLifeCycle {
    private static final Logger LOG = LoggerFactory.getLogger(OpenExchanges.class);

    /** A client that leaves is noticed within two rounds of its request, and within one round after that. */
    private static final Duration ROUND = Duration.ofMillis(400);

    private final Set<OpenExchange> open = ConcurrentHashMap.newKeySet();

    /** To be called at the begin of an exchange; {@link #remove} at its end. */
    void add(OpenExchange exchange) {
        open.add(exchange);
    }

    void remove(OpenExchange exchange) {
        open.remove(exchange);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    void forEach(Consumer<OpenExchange> action) {
        open.forEach(action);
    }

    @Override
    protected void doStart() {
        Thread.ofVirtual().name("client-monitor").start(this::patrol);
    }

    private static void look(OpenExchange exchange) {
        try {
            exchange.cancelIfClientLeft();
        } catch (RuntimeException | Error e) {
            // An error of the JVM, such as memory that runs out, must not end the thread either.
            LOG.error("Cannot check whether a client left. Its request continues.", e);
        }
    }

    private void patrol() {
        while (!isStopping() && !isStopped()) {
            open.forEach(OpenExchanges::look);
            LockSupport.parkNanos(ROUND.toNanos());
        }
    }
}
