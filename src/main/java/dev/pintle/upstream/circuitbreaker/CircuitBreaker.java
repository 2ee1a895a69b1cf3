package dev.pintle.upstream.circuitbreaker;

import dev.pintle.time.Ticker;
import dev.pintle.upstream.target.AttemptVerdict;
import dev.pintle.upstream.target.FailureStreak;
import dev.pintle.upstream.target.Permit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The circuit of one target of one route. Consecutive failures open it. After a cooldown it admits a fixed number of
 * trials and rejects all other attempts. It closes when all trials have succeeded; a failed trial opens it again.
 * Thread-safe.
 *
 * <p>Failsafe's breaker counts and holds the state. It runs in standalone mode: it has no neutral outcome of an
 * attempt, leaks permits without a recorded outcome, and reads its own clock. This class therefore manages time and
 * permits.
 */
public final class CircuitBreaker {
    private final Ticker ticker;
    private final Consumer<CircuitState> onTransition;
    private CircuitBreakerSettings settings;
    private dev.failsafe.CircuitBreaker<Object> engine;
    private long since;
    private final FailureStreak failures = new FailureStreak();
    /**
     * Increases with each state change, so that a late outcome of an earlier episode does not count in the current one.
     */
    private long episode;
    /** Attempts admitted in this episode, except those that ended without a verdict. */
    private int admitted;
    /** Trials of this episode that succeeded. */
    private int succeeded;

    /** @param onTransition receives each new state, in order; must not block */
    public CircuitBreaker(CircuitBreakerSettings settings, Ticker ticker, Consumer<CircuitState> onTransition) {
        this.settings = settings;
        this.engine = engine(settings);
        this.ticker = ticker;
        this.onTransition = onTransition;
        this.since = ticker.nanos();
    }

    private static dev.failsafe.CircuitBreaker<Object> engine(CircuitBreakerSettings settings) {
        return dev.failsafe.CircuitBreaker.builder()
                .withFailureThreshold(settings.failures())
                .withSuccessThreshold(settings.trials())
                .build();
    }

    /** Returns a permit for one attempt; null when the circuit rejects it. */
    public synchronized @Nullable Permit acquire() {
        if (!admits()) {
            return null;
        }
        admitted++;
        return new Admitted(episode);
    }

    /** Whether the circuit would admit an attempt now. */
    public synchronized boolean admits() {
        return switch (state()) {
            case CLOSED -> true;
            case OPEN -> false;
            case HALF_OPEN -> admitted < settings.trials();
        };
    }

    /** The current state. */
    public synchronized CircuitState state() {
        if (engine.isOpen() && leftOfCooldown() <= 0) {
            tryAgain();
            onTransition.accept(CircuitState.HALF_OPEN);
        } else if (engine.isHalfOpen() && admitted >= settings.trials() && leftOfCooldown() <= 0) {
            // A trial that hangs must not block all others forever.
            tryAgain();
        }
        return switch (engine.getState()) {
            case CLOSED -> CircuitState.CLOSED;
            case OPEN -> CircuitState.OPEN;
            case HALF_OPEN -> CircuitState.HALF_OPEN;
        };
    }

    private void tryAgain() {
        engine.open();
        engine.halfOpen();
        failures.forgive();
        begin();
    }

    private void begin() {
        episode++;
        admitted = 0;
        succeeded = 0;
        since = ticker.nanos();
    }

    private long leftOfCooldown() {
        return settings.cooldown().toNanos() - age();
    }

    private synchronized void ended(AttemptVerdict verdict, Admitted attempt) {
        if (attempt.episode != episode) {
            return;
        }
        dev.failsafe.CircuitBreaker.State before = engine.getState();
        switch (verdict) {
            case SUCCESS -> {
                succeeded++;
                if (failures.responded()) {
                    engine.recordSuccess();
                }
            }
            case FAILURE -> {
                failures.failed();
                engine.recordFailure();
            }
            case IGNORED -> admitted--;
        }
        transitionFrom(before);
    }

    private synchronized void completed() {
        if (failures.completed() && engine.isClosed()) {
            engine.recordSuccess();
        }
    }

    /**
     * A broken response counts immediately, unlike a head, which may arrive late. Only trials change a half-open
     * circuit.
     */
    private synchronized void brokeOff(Admitted attempt) {
        if (engine.isClosed() || (engine.isHalfOpen() && attempt.episode == episode)) {
            dev.failsafe.CircuitBreaker.State before = engine.getState();
            int added = failures.brokeOff();
            for (int i = 0; i < added && engine.getState() == before; i++) {
                engine.recordFailure();
            }
            transitionFrom(before);
        }
    }

    private void transitionFrom(dev.failsafe.CircuitBreaker.State before) {
        if (engine.getState() != before) {
            begin();
            onTransition.accept(state());
        }
    }

    /**
     * Changes the settings. Counts of failures and successes remain, running trials remain trials, and an open circuit
     * stays open. The change never opens a circuit; it closes one for which enough trials have succeeded.
     */
    public synchronized void adopt(CircuitBreakerSettings others) {
        if (others.equals(settings)) {
            return;
        }
        dev.failsafe.CircuitBreaker<Object> next = engine(others);
        CircuitState state = state();
        dev.failsafe.CircuitBreaker.State before = engine.getState();
        switch (state) {
            case CLOSED -> {
                for (int i = 0; i < Math.min(failures.length(), others.failures() - 1); i++) {
                    next.recordFailure();
                }
            }
            case OPEN -> next.open();
            case HALF_OPEN -> {
                next.halfOpen();
                for (int i = 0; i < succeeded; i++) {
                    next.recordSuccess();
                }
            }
        }
        engine = next;
        settings = others;
        transitionFrom(before);
    }

    /** The number of trials that a half-open circuit admits. */
    public synchronized int trials() {
        return settings.trials();
    }

    /** The current number of consecutive failures. */
    public synchronized int failures() {
        return failures.length();
    }

    /** Nanoseconds since the state began. */
    public synchronized long age() {
        return ticker.nanos() - since;
    }

    /** Nanoseconds until an open circuit admits trials; zero when it is not open. */
    public synchronized long nanosUntilTrials() {
        return state() == CircuitState.OPEN ? leftOfCooldown() : 0;
    }

    /** One admitted attempt of an episode. */
    private final class Admitted implements Permit {
        private final long episode;

        Admitted(long episode) {
            this.episode = episode;
        }

        @Override
        public void end(AttemptVerdict verdict) {
            ended(verdict, this);
        }

        @Override
        public void completed() {
            if (failures.isDoubtful()) {
                CircuitBreaker.this.completed();
            }
        }

        @Override
        public void brokeOff() {
            CircuitBreaker.this.brokeOff(this);
        }
    }
}
