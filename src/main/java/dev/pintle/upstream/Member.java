package dev.pintle.upstream;

import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.telemetry.TargetMetrics;
import dev.pintle.telemetry.TargetStatus;
import dev.pintle.time.Ticker;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One target of one route, and what is remembered of it. It belongs to the route's id and the target's URL, and so outlives
 * the revisions of the route. Safe for all threads.
 */
final class Member implements TargetStatus {
    private final CircuitSwitch circuits;
    private final Ticker ticker;
    private final TargetMetrics metrics;
    private final long hash;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Health health = new Health();
    private volatile Target target;
    private volatile @Nullable Breaker breaker;
    private volatile @Nullable Ejection ejection;
    private volatile boolean checked;
    /** What the target is owed; looked after by the balancer that takes turns. */
    double turn;

    Member(Target target, CircuitSwitch circuits, Ticker ticker, RouteMetrics metrics) {
        this.target = target;
        this.circuits = circuits;
        this.ticker = ticker;
        this.hash = Hash.of(target.url());
        this.metrics = metrics.joined(target.url(), this);
    }

    /** Goes on with other settings, and keeps what is known. Called by one thread at a time. */
    void adopt(Target same, UpstreamSettings settings) {
        target = same;
        checked = settings.healthCheck() != null;
        breaker = adopted(settings.breaker());
        ejection = adopted(settings.ejection());
    }

    private @Nullable Breaker adopted(@Nullable BreakerSettings settings) {
        Breaker current = breaker;
        if (settings == null) {
            return null;
        }
        if (current == null) {
            return new Breaker(settings, ticker, state -> metrics.circuitCameTo(state.text()));
        }
        current.adopt(settings);
        return current;
    }

    private @Nullable Ejection adopted(@Nullable EjectionSettings settings) {
        Ejection current = ejection;
        if (settings == null) {
            return null;
        }
        if (current == null) {
            return new Ejection(settings, ticker);
        }
        current.adopt(settings);
        return current;
    }

    Target target() {
        return target;
    }

    /** The hash of the URL. */
    long hash() {
        return hash;
    }

    /** Its weight, but less while it returns from an ejection. */
    double share() {
        Ejection current = ejection;
        return current == null ? target.weight() : target.weight() * current.share();
    }

    /** What it is believed to be by its checks. */
    Health health() {
        return health;
    }

    boolean isAlive() {
        return !checked || health.isGood();
    }

    boolean isEjected() {
        Ejection current = ejection;
        return current != null && current.isOut();
    }

    /** Whether its circuit would let an attempt through. */
    boolean admits() {
        ForcedCircuit forced = circuits.forced();
        if (forced != null) {
            return forced.state() == CircuitState.CLOSED;
        }
        Breaker current = breaker;
        return current == null || current.admits();
    }

    /** Whether an operator decides instead of its breaker. */
    boolean isForced() {
        return circuits.forced() != null;
    }

    /** Leave for one attempt; null when the circuit refuses it. While it is forced, attempts tell it nothing. */
    @Nullable
    Permit acquire() {
        ForcedCircuit forced = circuits.forced();
        if (forced != null) {
            return forced.state() == CircuitState.CLOSED ? Permit.FREE : null;
        }
        Breaker current = breaker;
        return current == null ? Permit.FREE : current.acquire();
    }

    /** Nanoseconds until its circuit lets attempts through again, as far as can be known. */
    long nanosUntilAdmitted() {
        if (circuits.forced() != null) {
            return circuits.nanosLeft();
        }
        Breaker current = breaker;
        return current == null ? 0 : current.nanosUntilTrials();
    }

    /** Whether an attempt's end is one failure in a row too many. */
    boolean shouldBeEjected(Verdict verdict) {
        Ejection current = ejection;
        return current != null && current.count(verdict);
    }

    void eject() {
        Ejection current = ejection;
        if (current != null) {
            current.eject();
        }
    }

    /** Answers that are being waited for or read. */
    int inFlight() {
        return inFlight.get();
    }

    void begins() {
        inFlight.incrementAndGet();
    }

    void ends() {
        inFlight.decrementAndGet();
    }

    @Override
    public Optional<Boolean> circuitOpen() {
        return circuitState().map(state -> state == CircuitState.OPEN);
    }

    private Optional<CircuitState> circuitState() {
        ForcedCircuit forced = circuits.forced();
        return forced == null ? Optional.ofNullable(breaker).map(Breaker::state) : Optional.of(forced.state());
    }

    @Override
    public Optional<Boolean> healthy() {
        return checked || ejection != null ? Optional.of(isAlive() && !isEjected()) : Optional.empty();
    }

    private Instant retryAt(@Nullable ForcedCircuit forced, Instant now) {
        return forced == null ? now.plusNanos(nanosUntilAdmitted()) : forced.until();
    }

    /** Its circuit as it is now; nothing when it has none. */
    Optional<Circuit> circuit(String route, Instant now) {
        ForcedCircuit forced = circuits.forced();
        Breaker current = breaker;
        int failures = current == null ? 0 : current.failures();
        long age = forced != null || current == null ? circuits.age() : current.age();
        return circuitState()
                .map(state -> new Circuit(
                        route,
                        target.url(),
                        state,
                        failures,
                        now.minusNanos(age),
                        state == CircuitState.OPEN ? retryAt(forced, now) : null,
                        forced));
    }
}
