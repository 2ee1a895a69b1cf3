package dev.pintle.upstream.state;

import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.telemetry.TargetMetrics;
import dev.pintle.telemetry.TargetStatus;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.UpstreamSettings;
import dev.pintle.upstream.circuitbreaker.CircuitBreaker;
import dev.pintle.upstream.circuitbreaker.CircuitBreakerSettings;
import dev.pintle.upstream.circuitbreaker.CircuitState;
import dev.pintle.upstream.circuitbreaker.CircuitStatus;
import dev.pintle.upstream.circuitbreaker.ForcedCircuit;
import dev.pintle.upstream.circuitbreaker.ForcedCircuitState;
import dev.pintle.upstream.health.HealthState;
import dev.pintle.upstream.outlier.OutlierDetectionSettings;
import dev.pintle.upstream.outlier.OutlierDetector;
import dev.pintle.upstream.target.AttemptVerdict;
import dev.pintle.upstream.target.Permit;
import dev.pintle.upstream.target.StableHash;
import dev.pintle.upstream.target.Target;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The state of one target of one route. The key is the route's id and the target's URL, so the state outlives revisions
 * of the route. Thread-safe.
 */
public final class TargetState implements TargetStatus {
    private final ForcedCircuitState circuits;
    private final Ticker ticker;
    private final TargetMetrics metrics;
    private final long hash;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final HealthState health = new HealthState();
    private volatile Target target;
    private volatile @Nullable CircuitBreaker breaker;
    private volatile @Nullable OutlierDetector ejection;
    private volatile boolean checked;
    /** The round-robin credit of the target; the round-robin balancer maintains it. */
    public double turn;

    public TargetState(Target target, ForcedCircuitState circuits, Ticker ticker, RouteMetrics metrics) {
        this.target = target;
        this.circuits = circuits;
        this.ticker = ticker;
        this.hash = StableHash.of(target.url());
        this.metrics = metrics.joined(target.url(), this);
    }

    /** Changes the settings, and keeps the state. Called by one thread at a time. */
    public void adopt(Target same, UpstreamSettings settings) {
        target = same;
        checked = settings.healthCheck() != null;
        breaker = adopted(settings.breaker());
        ejection = adopted(settings.ejection());
    }

    private @Nullable CircuitBreaker adopted(@Nullable CircuitBreakerSettings settings) {
        CircuitBreaker current = breaker;
        if (settings == null) {
            return null;
        }
        if (current == null) {
            return new CircuitBreaker(settings, ticker, state -> metrics.circuitCameTo(state.text()));
        }
        current.adopt(settings);
        return current;
    }

    private @Nullable OutlierDetector adopted(@Nullable OutlierDetectionSettings settings) {
        OutlierDetector current = ejection;
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
        OutlierDetector current = ejection;
        return current == null ? target.weight() : target.weight() * current.share();
    }

    /** Its health according to its checks. */
    public HealthState health() {
        return health;
    }

    public boolean isAlive() {
        return !checked || health.isGood();
    }

    public boolean isEjected() {
        OutlierDetector current = ejection;
        return current != null && current.isOut();
    }

    /** Whether its circuit would admit an attempt. */
    public boolean admits() {
        ForcedCircuit forced = circuits.forced();
        if (forced != null) {
            return forced.state() == CircuitState.CLOSED;
        }
        CircuitBreaker current = breaker;
        return current == null || current.admits();
    }

    /** Whether an operator overrides its circuit breaker. */
    public boolean isForced() {
        return circuits.forced() != null;
    }

    /**
     * Returns a permit for one attempt; null when the circuit rejects it. While it is forced, attempts do not count.
     */
    @Nullable
    public Permit acquire() {
        ForcedCircuit forced = circuits.forced();
        if (forced != null) {
            return forced.state() == CircuitState.CLOSED ? Permit.FREE : null;
        }
        CircuitBreaker current = breaker;
        return current == null ? Permit.FREE : current.acquire();
    }

    /** Estimated nanoseconds until its circuit admits attempts again. */
    public long nanosUntilAdmitted() {
        if (circuits.forced() != null) {
            return circuits.nanosLeft();
        }
        CircuitBreaker current = breaker;
        return current == null ? 0 : current.nanosUntilTrials();
    }

    /** Whether the outcome of an attempt reaches the limit of consecutive failures. */
    public boolean shouldBeEjected(AttemptVerdict verdict) {
        OutlierDetector current = ejection;
        return current != null && current.count(verdict);
    }

    /** Whether a response that broke off reaches the limit of consecutive failures. */
    public boolean shouldBeEjectedAfterBreak() {
        OutlierDetector current = ejection;
        return current != null && current.brokeOff();
    }

    /** Records a complete response. */
    public void completed() {
        OutlierDetector current = ejection;
        if (current != null) {
            current.completed();
        }
    }

    public void eject() {
        OutlierDetector current = ejection;
        if (current != null) {
            current.eject();
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
        return circuitState().map(state -> state == CircuitState.OPEN);
    }

    private Optional<CircuitState> circuitState() {
        ForcedCircuit forced = circuits.forced();
        return forced == null ? Optional.ofNullable(breaker).map(CircuitBreaker::state) : Optional.of(forced.state());
    }

    @Override
    public Optional<Boolean> healthy() {
        return checked || ejection != null ? Optional.of(isAlive() && !isEjected()) : Optional.empty();
    }

    private Instant retryAt(@Nullable ForcedCircuit forced, Instant now) {
        return forced == null ? now.plusNanos(nanosUntilAdmitted()) : forced.until();
    }

    /** The current status of its circuit; empty when it has none. */
    public Optional<CircuitStatus> circuit(String route, Instant now) {
        ForcedCircuit forced = circuits.forced();
        CircuitBreaker current = breaker;
        int failures = current == null ? 0 : current.failures();
        long age = forced != null || current == null ? circuits.age() : current.age();
        return circuitState()
                .map(state -> new CircuitStatus(
                        route,
                        target.url(),
                        state,
                        failures,
                        now.minusNanos(age),
                        state == CircuitState.OPEN ? retryAt(forced, now) : null,
                        forced));
    }
}
