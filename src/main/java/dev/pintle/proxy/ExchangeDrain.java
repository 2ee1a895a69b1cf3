package dev.pintle.proxy;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.Graceful;

/**
 * Lets the exchanges under way end when the server stops. Cancels those that outlast the grace period, so that their
 * clients, the
 * access log, and the metrics get the true reason. Safe for all threads.
 */
public final class ExchangeDrain extends AbstractLifeCycle implements Graceful {
    private static final Duration ROUND = Duration.ofMillis(20);

    /** For a cancelled exchange to answer its client, and again for one whose client was cut. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final OpenExchanges exchanges;
    private final Duration grace;
    private final Ticker ticker;
    private volatile boolean begun;

    /**
     * A drain that begins when the server stops.
     *
     * @param grace how long exchanges may go on
     */
    public ExchangeDrain(OpenExchanges exchanges, Duration grace, Ticker ticker) {
        this.exchanges = exchanges;
        this.grace = grace;
        this.ticker = ticker;
    }

    /** The longest duration of the drain. */
    public Duration longest() {
        return grace.plus(LAST_WORDS).plus(LAST_WORDS);
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        begun = true;
        CompletableFuture<Void> drained = new CompletableFuture<>();
        Thread.ofVirtual().name("exchange-drain").start(() -> {
            drain();
            drained.complete(null);
        });
        return drained;
    }

    @Override
    public boolean isShutdown() {
        return begun;
    }

    private void drain() {
        awaitEnd(grace, () -> exchanges.forEach(OpenExchange::keepClientPatience));
        awaitEnd(LAST_WORDS, () -> exchanges.forEach(exchange -> exchange.cancel(shutdownFailure())));
        awaitEnd(LAST_WORDS, () -> exchanges.forEach(OpenExchange::abort));
    }

    /** Waits until no exchange is under way, and repeats the action until then. */
    private void awaitEnd(Duration longest, Runnable action) {
        long start = ticker.nanos();
        while (!exchanges.isEmpty() && ticker.nanos() - start < longest.toNanos()) {
            action.run();
            LockSupport.parkNanos(ROUND.toNanos());
        }
    }

    private ExchangeException shutdownFailure() {
        return new ExchangeException(
                FailureKind.SHUTDOWN,
                "the gateway shuts down, and the request did not end within the grace period of " + grace.toMillis()
                        + " ms");
    }
}
