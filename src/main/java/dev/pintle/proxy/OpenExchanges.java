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
 * The open exchanges. HTTP/1.1 does not signal a disconnected client to a server that waits for an upstream. Each round
 * therefore checks the client of every exchange that is older than one round. Safe for all threads.
 */
public final class OpenExchanges extends AbstractLifeCycle {
    private static final Logger LOG = LoggerFactory.getLogger(OpenExchanges.class);

    /** The gateway detects a disconnected client within two rounds after its request, and later within one round. */
    private static final Duration ROUND = Duration.ofMillis(400);

    private final Set<OpenExchange> open = ConcurrentHashMap.newKeySet();

    /** Adds an exchange at its start; {@link #remove} removes it at its end. */
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
        Thread.ofVirtual().name("client-monitor").start(this::run);
    }

    private static void check(OpenExchange exchange) {
        try {
            exchange.cancelIfDisconnected();
        } catch (RuntimeException | Error e) {
            // Catches errors of the JVM too, such as exhausted memory, so that the thread continues.
            LOG.error("Cannot check whether a client disconnected. Its request continues.", e);
        }
    }

    private void run() {
        while (!isStopping() && !isStopped()) {
            open.forEach(OpenExchanges::check);
            LockSupport.parkNanos(ROUND.toNanos());
        }
    }
}
