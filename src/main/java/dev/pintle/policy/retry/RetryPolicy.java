package dev.pintle.policy.retry;

import dev.failsafe.Execution;
import dev.failsafe.ExecutionContext;
import dev.pintle.http.Body;
import dev.pintle.http.Cancellation;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Grpc;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;
import dev.pintle.http.ReplayableBody;
import dev.pintle.http.RetryDestination;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Sleeper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Retries attempts that the upstream failed, when this is safe: the method allows it or nothing was sent, the body is
 * stored completely, time is left, and the retry budget of the route is not exhausted. Otherwise the client receives
 * the last result.
 *
 * <p>Failsafe decides about further attempts and their delay. The policy steps its execution manually, because the
 * other conditions depend on the exchange.
 */
public final class RetryPolicy implements Policy {
    private final RetrySettings settings;
    private final RetryBudget budget;
    private final RouteMetrics metrics;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final RetryBackoff backoff;
    private final boolean repeatsGrpc;
    private final dev.failsafe.RetryPolicy<AttemptResult> attempts;

    /**
     * Creates the policy of a route.
     *
     * @param budget of the route
     * @param random safe for all threads
     * @param clock for {@code Retry-After} with a date
     */
    public RetryPolicy(
            RetrySettings settings,
            RetryBudget budget,
            RouteMetrics metrics,
            RandomGenerator random,
            InstantSource clock,
            Sleeper sleeper) {
        this.settings = settings;
        this.budget = budget;
        this.metrics = metrics;
        this.clock = clock;
        this.sleeper = sleeper;
        this.repeatsGrpc = settings.repeatsGrpc();
        this.backoff = new RetryBackoff(settings.backoff(), settings.maxBackoff(), random);
        this.attempts = dev.failsafe.RetryPolicy.<AttemptResult>builder()
                .handleResultIf(this::isRetryable)
                .withMaxRetries(settings.max())
                .withDelayFn(this::delay)
                .build();
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        budget.add();
        Exchange replayable = exchange.with(withReplayableBody(exchange.request()));
        AttemptResult result = AttemptResult.of(replayable, next);
        if (isRetryable(result)) {
            Execution<AttemptResult> execution = Execution.of(attempts);
            execution.recordResult(result);
            while (!execution.isComplete() && mayRepeat(replayable, result, execution.getDelay())) {
                String reason = String.valueOf(result.reason());
                boolean immediate = isImmediate(replayable, result);
                // Discards before the pause, because an open response occupies a connection.
                result.discard();
                if (!immediate) {
                    await(replayable.cancellation(), execution.getDelay());
                }
                replayable.cancellation().check();
                result = retry(replayable, next, reason);
                execution.recordResult(result);
            }
        }
        return result.deliver();
    }

    /** Runs another attempt and counts it as a retry if a target was available. */
    private AttemptResult retry(Exchange exchange, Handler next, String reason) {
        int before = exchange.context().attempts();
        try {
            return AttemptResult.of(exchange, next);
        } finally {
            if (exchange.context().attempts() > before) {
                metrics.retried(reason);
            }
        }
    }

    private GatewayRequest withReplayableBody(GatewayRequest request) {
        if (request.body().length() == 0) {
            return request;
        }
        boolean mayRepeat =
                settings.methods().contains(request.method()) || (repeatsGrpc && Grpc.isIn(request.headers()));
        int bound = mayRepeat ? settings.maxReplayBytes() : 0;
        return request.withBody(new ReplayableBody(request.body(), bound));
    }

    private boolean isRetryable(AttemptResult result) {
        String reason = result.reason();
        return reason != null && settings.on().contains(reason);
    }

    private Duration delay(ExecutionContext<AttemptResult> context) {
        Duration computed = backoff.after(context.getAttemptCount());
        Duration requested = RetryAfter.of(context.getLastResult().retryAfter(), clock.instant());
        return requested.compareTo(computed) > 0 ? requested : computed;
    }

    private boolean mayRepeat(Exchange exchange, AttemptResult result, Duration delay) {
        RetryDestination destination = exchange.context().retryDestination();
        if (destination == RetryDestination.NOWHERE || !isSafe(exchange.request(), result)) {
            return false;
        }
        if (isImmediate(exchange, result)) {
            return exchange.budget().left() > 0;
        }
        return delay.toNanos() < exchange.budget().left() && hasBudget();
    }

    /** Returns whether the retry needs no pause and no budget: the next target has not failed. */
    private static boolean isImmediate(Exchange exchange, AttemptResult result) {
        return result.sentNothing() && exchange.context().retryDestination() == RetryDestination.OTHER_TARGET;
    }

    private boolean isSafe(GatewayRequest request, AttemptResult result) {
        String reason = result.reason();
        // A status of gRPC that is listed is the operator's consent: every call is a POST.
        boolean allowed = result.sentNothing()
                || settings.methods().contains(request.method())
                || (reason != null && reason.startsWith(AttemptResult.GRPC));
        return allowed && isReplayable(request.body());
    }

    private static boolean isReplayable(Body body) {
        return body.length() == 0 || body.rewind();
    }

    private boolean hasBudget() {
        boolean taken = budget.take();
        if (!taken) {
            metrics.retryBudgetExhausted();
        }
        return taken;
    }

    /** Pauses. An interrupt ends the pause, and the next attempt fails. */
    private void await(Cancellation cancellation, Duration delay) {
        try {
            cancellation.interrupts(() -> sleeper.of(delay));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
