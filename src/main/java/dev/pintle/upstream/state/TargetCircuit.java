package dev.pintle.upstream.state;

import dev.pintle.time.Ticker;
import dev.pintle.upstream.circuitbreaker.CircuitBreaker;
import dev.pintle.upstream.circuitbreaker.CircuitBreakerSettings;
import dev.pintle.upstream.circuitbreaker.CircuitState;
import dev.pintle.upstream.circuitbreaker.CircuitStatus;
import dev.pintle.upstream.circuitbreaker.ForcedCircuit;
import dev.pintle.upstream.circuitbreaker.ForcedCircuitState;
import dev.pintle.upstream.target.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The circuit of one target: the breaker of the route, if any, and the state that an operator forces. Thread-safe. */
final class TargetCircuit {
    private final ForcedCircuitState forcedState;
    private final Ticker ticker;
    private final Consumer<CircuitState> transitions;
    private final TargetChangeLog changes;
    private volatile @Nullable CircuitBreaker circuitBreaker;
    private volatile @Nullable FailureNote lastFailure;

    /** @param transitions receives each new state of the breaker; must not block */
    TargetCircuit(
            ForcedCircuitState forcedState,
            Ticker ticker,
            Consumer<CircuitState> transitions,
            TargetChangeLog changes) {
        this.forcedState = forcedState;
        this.ticker = ticker;
        this.transitions = transitions;
        this.changes = changes;
    }

    /** Changes the settings and keeps the state. Called by one thread at a time. */
    void adopt(@Nullable CircuitBreakerSettings settings) {
        CircuitBreaker current = circuitBreaker;
        if (settings == null) {
            circuitBreaker = null;
        } else if (current == null) {
            circuitBreaker = new CircuitBreaker(settings, ticker, this::changed);
        } else {
            current.adopt(settings);
        }
    }

    /** The breaker calls this inside its lock, so the numbers are those of the change. */
    private void changed(CircuitState state) {
        transitions.accept(state);
        CircuitBreaker current = circuitBreaker;
        if (current == null) {
            return;
        }
        switch (state) {
            case OPEN ->
                changes.circuitOpened(
                        current.failures(),
                        FailureNote.reasonOf(lastFailure),
                        Duration.ofNanos(current.nanosUntilTrials()));
            case HALF_OPEN -> changes.circuitHalfOpened(current.trials());
            case CLOSED -> changes.circuitClosed();
        }
    }

    /** Records the reason of a failed attempt, before the breaker counts it. */
    void failed(String reason) {
        lastFailure = new FailureNote(reason, ticker.nanos());
    }

    @Nullable
    FailureNote lastFailure() {
        return lastFailure;
    }

    boolean admits() {
        ForcedCircuit forced = forcedState.forced();
        if (forced != null) {
            return forced.state() == CircuitState.CLOSED;
        }
        CircuitBreaker current = circuitBreaker;
        return current == null || current.admits();
    }

    boolean isForced() {
        return forcedState.forced() != null;
    }

    /** Returns a permit for one attempt; null when the circuit rejects it. A forced circuit does not count attempts. */
    @Nullable
    Permit acquire() {
        ForcedCircuit forced = forcedState.forced();
        if (forced != null) {
            return forced.state() == CircuitState.CLOSED ? Permit.FREE : null;
        }
        CircuitBreaker current = circuitBreaker;
        return current == null ? Permit.FREE : current.acquire();
    }

    /** Estimated nanoseconds until the circuit admits attempts again. */
    long nanosUntilAdmitted() {
        if (forcedState.forced() != null) {
            return forcedState.nanosLeft();
        }
        CircuitBreaker current = circuitBreaker;
        return current == null ? 0 : current.nanosUntilTrials();
    }

    Optional<CircuitState> state() {
        ForcedCircuit forced = forcedState.forced();
        return forced == null
                ? Optional.ofNullable(circuitBreaker).map(CircuitBreaker::state)
                : Optional.of(forced.state());
    }

    Optional<CircuitStatus> status(String route, String target, Instant now) {
        ForcedCircuit forced = forcedState.forced();
        CircuitBreaker current = circuitBreaker;
        int failures = current == null ? 0 : current.failures();
        long age = forced != null || current == null ? forcedState.age() : current.age();
        return state().map(state -> new CircuitStatus(
                route,
                target,
                state,
                failures,
                now.minusNanos(age),
                state == CircuitState.OPEN ? retryAt(forced, now) : null,
                FailureNote.at(lastFailure, ticker.nanos(), now),
                forced));
    }

    private Instant retryAt(@Nullable ForcedCircuit forced, Instant now) {
        return forced == null ? now.plusNanos(nanosUntilAdmitted()) : forced.until();
    }

    /** The reason that the circuit rejects attempts now: the last failure and the next try. */
    String refusal(String target) {
        String state = state().orElse(CircuitState.OPEN).text();
        StringBuilder sentence = new StringBuilder("the circuit of " + target + " is " + state);
        FailureNote failure = lastFailure;
        if (failure != null) {
            long seconds = Duration.ofNanos(ticker.nanos() - failure.nanos()).toSeconds();
            sentence.append("; last failure ")
                    .append(seconds)
                    .append(" s ago: ")
                    .append(failure.reason());
        }
        long millis = Duration.ofNanos(nanosUntilAdmitted()).toMillis();
        return sentence.append(millis > 0 ? "; next try in " + millis + " ms" : "; its trials are in progress")
                .toString();
    }
}
