package dev.pintle.policy.retry;

import dev.failsafe.Execution;
import dev.failsafe.ExecutionContext;
import dev.pintle.http.Body;
import dev.pintle.http.Cancellation;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;
import dev.pintle.http.RetryDestination;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Sleeper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Repeats attempts that the upstream failed, where that can do no harm: the method allows it or nothing was sent, the body
 * was kept whole, there is time, and the route has not spent its budget. Else what is in hand goes to the client.
 *
 * <p>Failsafe says whether there is another attempt and after which delay; it is driven by hand, as the rest is for the
 * exchange to say.
 */
public final class RetryPolicy implements Policy {
    private final RetrySettings settings;
    private final RetryBudget budget;
    private final RouteMetrics metrics;
    private final InstantSource clock;
    private final Sleeper pause;
    private final RetryBackoff backoff;
    private final dev.failsafe.RetryPolicy<AttemptResult> attempts;

    /**
     * Repeats by these settings.
     *
     * @param budget of the route
     * @param random is used by all threads
     * @param clock tells when a {@code Retry-After} with a date is over
     */
    public RetryPolicy(
            RetrySettings settings,
            RetryBudget budget,
            RouteMetrics metrics,
            RandomGenerator random,
            InstantSource clock,
            Sleeper pause) {
        this.settings = settings;
        this.budget = budget;
        this.metrics = metrics;
        this.clock = clock;
        this.pause = pause;
        this.backoff = new RetryBackoff(settings.backoff(), settings.maxBackoff(), random);
        this.attempts = dev.failsafe.RetryPolicy.<AttemptResult>builder()
                .handleResultIf(this::isWrong)
                .withMaxRetries(settings.max())
                .withDelayFn(this::delay)
                .build();
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        budget.add();
        Exchange kept = exchange.with(withBodyKept(exchange.request()));
        AttemptResult ending = AttemptResult.of(kept, next);
        if (isWrong(ending)) {
            Execution<AttemptResult> execution = Execution.of(attempts);
            execution.recordResult(ending);
            while (!execution.isComplete() && mayRepeat(kept, ending, execution.getDelay())) {
                String reason = String.valueOf(ending.reason());
                boolean atOnce = goesOnAtOnce(kept, ending);
                // Before the wait: it would hold the connection of an answer that nobody gets.
                ending.discard();
                if (!atOnce) {
                    await(kept.cancellation(), execution.getDelay());
                }
                kept.cancellation().check();
                ending = again(kept, next, reason);
                execution.recordResult(ending);
            }
        }
        return ending.deliver();
    }

    /** Another attempt; it counts as one if there was a target for it. */
    private AttemptResult again(Exchange exchange, Handler next, String reason) {
        int before = exchange.context().attempts();
        try {
            return AttemptResult.of(exchange, next);
        } finally {
            if (exchange.context().attempts() > before) {
                metrics.retried(reason);
            }
        }
    }

    private GatewayRequest withBodyKept(GatewayRequest request) {
        if (request.body().length() == 0) {
            return request;
        }
        int bound = settings.methods().contains(request.method()) ? settings.maxReplayBytes() : 0;
        return request.withBody(new ReplayableBody(request.body(), bound));
    }

    private boolean isWrong(AttemptResult ending) {
        String reason = ending.reason();
        return reason != null && settings.on().contains(reason);
    }

    private Duration delay(ExecutionContext<AttemptResult> context) {
        Duration chance = backoff.after(context.getAttemptCount());
        Duration wish = RetryAfter.of(context.getLastResult().retryAfter(), clock.instant());
        return wish.compareTo(chance) > 0 ? wish : chance;
    }

    private boolean mayRepeat(Exchange exchange, AttemptResult ending, Duration delay) {
        RetryDestination outlook = exchange.context().retryDestination();
        if (outlook == RetryDestination.NOWHERE || !isHarmless(exchange.request(), ending)) {
            return false;
        }
        if (goesOnAtOnce(exchange, ending)) {
            return exchange.budget().left() > 0;
        }
        return delay.toNanos() < exchange.budget().left() && hasBudget();
    }

    /** The next target has done no wrong: no reason to wait, nor to count. */
    private static boolean goesOnAtOnce(Exchange exchange, AttemptResult ending) {
        return ending.sentNothing() && exchange.context().retryDestination() == RetryDestination.OTHER_TARGET;
    }

    private boolean isHarmless(GatewayRequest request, AttemptResult ending) {
        boolean allowed = ending.sentNothing() || settings.methods().contains(request.method());
        return allowed && isWhole(request.body());
    }

    private static boolean isWhole(Body body) {
        return body.length() == 0 || body.rewind();
    }

    private boolean hasBudget() {
        boolean taken = budget.take();
        if (!taken) {
            metrics.retryBudgetExhausted();
        }
        return taken;
    }

    /** A thread that is interrupted waits no longer; its next attempt fails. */
    private void await(Cancellation cancellation, Duration delay) {
        try {
            cancellation.interrupts(() -> pause.of(delay));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
