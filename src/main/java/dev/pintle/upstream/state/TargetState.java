package dev.pintle.upstream.state;

import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.telemetry.TargetMetrics;
import dev.pintle.telemetry.TargetStatus;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.UpstreamSettings;
import dev.pintle.upstream.circuitbreaker.CircuitState;
import dev.pintle.upstream.circuitbreaker.CircuitStatus;
import dev.pintle.upstream.circuitbreaker.ForcedCircuitState;
import dev.pintle.upstream.health.HealthCheckSettings;
import dev.pintle.upstream.outlier.OutlierDetectionSettings;
import dev.pintle.upstream.outlier.OutlierDetector;
import dev.pintle.upstream.target.AttemptOutcome;
import dev.pintle.upstream.target.AttemptVerdict;
import dev.pintle.upstream.target.Permit;
import dev.pintle.upstream.target.StableHash;
import dev.pintle.upstream.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The state of one target of one route: circuit, health and ejection. The key is the route's id and the target's URL, so
 * the state outlives revisions of the route. Thread-safe.
 */
public final class TargetState implements TargetStatus {
    private final Ticker ticker;
    private final TargetChangeLog changes;
    private final TargetMetrics metrics;
    private final TargetCircuit circuit;
    private final TargetHealth health;
    private final long hash;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile Target target;
    private volatile @Nullable OutlierDetector outlierDetection;
    private volatile boolean checked;
    /** The round-robin credit of the target; the round-robin balancer maintains it. */
    public double turn;

    public TargetState(
            Target target, ForcedCircuitState circuits, Ticker ticker, RouteMetrics metrics, TargetChangeLog changes) {
        this.target = target;
        this.ticker = ticker;
        this.changes = changes;
        this.hash = StableHash.of(target.url());
        this.health = new TargetHealth(ticker, changes);
        this.circuit = new TargetCircuit(circuits, ticker, this::countTransition, changes);
        // Last, because a scrape may read this object from here on.
        this.metrics = metrics.addTarget(target.url(), this);
    }

    /** Changes the settings, and keeps the state. Called by one thread at a time. */
    public void adopt(Target same, UpstreamSettings settings) {
        target = same;
        checked = settings.healthCheck() != null;
        circuit.adopt(settings.circuitBreaker());
        outlierDetection = adopted(settings.outlierDetection());
    }

    private void countTransition(CircuitState state) {
        metrics.circuitChanged(state.text());
    }

    private @Nullable OutlierDetector adopted(@Nullable OutlierDetectionSettings settings) {
        OutlierDetector current = outlierDetection;
        if (settings == null) {
            return null;
        }
        if (current == null) {
            return new OutlierDetector(settings, ticker);
        }
        current.adopt(settings);
        return current;
    }

    public Target target() {
        return target;
    }

    /** The hash of the URL. */
    public long hash() {
        return hash;
    }

    /** Its weight, reduced while it returns from an ejection. */
    public double share() {
        OutlierDetector current = outlierDetection;
        return current == null ? target.weight() : target.weight() * current.share();
    }

    /** Counts the result of a health check. Called by one thread at a time. */
    public void checked(AttemptOutcome outcome, HealthCheckSettings settings) {
        health.checked(outcome, settings);
    }

    /** The reason of the latest failed health check. */
    public String failedCheck() {
        return FailureNote.reasonOf(health.lastFailure());
    }

    public boolean isAlive() {
        return !checked || health.isGood();
    }

    public boolean isEjected() {
        OutlierDetector current = outlierDetection;
        if (current == null) {
            return false;
        }
        if (current.hasReturned()) {
            changes.returned();
        }
        return current.isOut();
    }

    /** Whether its circuit would admit an attempt. */
    public boolean admits() {
        return circuit.admits();
    }

    /** Whether an operator overrides its circuit breaker. */
    public boolean isForced() {
        return circuit.isForced();
    }

    /**
     * Returns a permit for one attempt; null when the circuit rejects it. While it is forced, attempts do not count.
     */
    @Nullable
    public Permit acquire() {
        return circuit.acquire();
    }

    /** Estimated nanoseconds until its circuit admits attempts again. */
    public long nanosUntilAdmitted() {
        return circuit.nanosUntilAdmitted();
    }

    /** The reason that the circuit rejects attempts now: the last failure and the next try. */
    public String refusal() {
        return circuit.refusal(target.url());
    }

    /** Records the reason of a failed attempt, before the circuit and the outlier detection count it. */
    public void attemptFailed(String reason) {
        circuit.failed(reason);
    }

    /** Whether the outcome of an attempt reaches the limit of consecutive failures. */
    public boolean shouldBeEjected(AttemptVerdict verdict) {
        OutlierDetector current = outlierDetection;
        return current != null && current.count(verdict);
    }

    /** Whether a response that broke off reaches the limit of consecutive failures. */
    public boolean shouldBeEjectedAfterBreak() {
        OutlierDetector current = outlierDetection;
        return current != null && current.brokeOff();
    }

    /** Records a complete response. */
    public void completed() {
        OutlierDetector current = outlierDetection;
        if (current != null) {
            current.completed();
        }
    }

    public void eject() {
        OutlierDetector current = outlierDetection;
        if (current != null) {
            current.eject();
            changes.ejected(
                    current.failures(),
                    FailureNote.reasonOf(circuit.lastFailure()),
                    Duration.ofNanos(current.nanosUntilReturn()));
        }
    }

    /** Responses that are pending or being read. */
    public int inFlight() {
        return inFlight.get();
    }

    public void begins() {
        inFlight.incrementAndGet();
    }

    public void ends() {
        inFlight.decrementAndGet();
    }

    @Override
    public Optional<Boolean> circuitOpen() {
        return circuit.state().map(state -> state == CircuitState.OPEN);
    }

    @Override
    public Optional<Boolean> healthy() {
        return checked || outlierDetection != null ? Optional.of(isAlive() && !isEjected()) : Optional.empty();
    }

    /** The current status of its circuit; empty when it has none. */
    public Optional<CircuitStatus> circuit(String route, Instant now) {
        return circuit.status(route, target.url(), now);
    }

    /** The results of health checks and outlier detection; empty when the route has neither. */
    public Optional<TargetAvailability> availability(String route, Instant now) {
        OutlierDetector detector = outlierDetection;
        if (!checked && detector == null) {
            return Optional.empty();
        }
        if (detector != null && isAlive() && isEjected()) {
            return Optional.of(new TargetAvailability(
                    route,
                    target.url(),
                    TargetAvailability.State.EJECTED,
                    now.minusNanos(detector.age()),
                    now.plusNanos(detector.nanosUntilReturn()),
                    FailureNote.at(circuit.lastFailure(), ticker.nanos(), now)));
        }
        return Optional.of(new TargetAvailability(
                route,
                target.url(),
                isAlive() ? TargetAvailability.State.HEALTHY : TargetAvailability.State.UNHEALTHY,
                health.since(now),
                null,
                FailureNote.at(health.lastFailure(), ticker.nanos(), now)));
    }
}
