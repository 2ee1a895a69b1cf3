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
 * Waits for the open exchanges when the server stops. Cancels those that exceed the grace period, so that their
 * clients, the access log and the metrics get the true reason. Safe for all threads.
 */
public final class ExchangeDrain extends AbstractLifeCycle implements Graceful {
    private static final Duration ROUND = Duration.ofMillis(20);

    /** The time for a canceled exchange to send its response, and again after its client is disconnected. */
    private static final Duration FINAL_RESPONSE_TIME = Duration.ofSeconds(1);

    private final OpenExchanges exchanges;
    private final Duration grace;
    private final Ticker ticker;
    private volatile boolean started;

    /**
     * Creates a drain that begins when the server stops.
     *
     * @param grace the maximum time for exchanges to complete
     */
    public ExchangeDrain(OpenExchanges exchanges, Duration grace, Ticker ticker) {
        this.exchanges = exchanges;
        this.grace = grace;
        this.ticker = ticker;
    }

    /** Returns the maximum duration of the drain. */
    public Duration longest() {
        return grace.plus(FINAL_RESPONSE_TIME).plus(FINAL_RESPONSE_TIME);
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        started = true;
        CompletableFuture<Void> drained = new CompletableFuture<>();
        Thread.ofVirtual().name("exchange-drain").start(() -> {
            drain();
            drained.complete(null);
        });
        return drained;
    }

    @Override
    public boolean isShutdown() {
        return started;
    }

    private void drain() {
        awaitEnd(grace, () -> {});
        awaitEnd(FINAL_RESPONSE_TIME, () -> exchanges.forEach(exchange -> exchange.cancel(shutdownFailure())));
        awaitEnd(FINAL_RESPONSE_TIME, () -> exchanges.forEach(OpenExchange::abort));
    }

    /** Repeats the action until no exchange is open. */
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
                "the gateway is shutting down, and the request did not complete within the grace "
                        + "period of " + grace.toMillis()
                        + " ms");
    }
}
