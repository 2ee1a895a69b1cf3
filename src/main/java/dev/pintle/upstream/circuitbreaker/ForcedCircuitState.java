package dev.pintle.upstream.circuitbreaker;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The operator's hand on all circuits of a route. What is forced ends by itself; the wall clock is read once, when it
 * begins, so that a clock that jumps does not end it. Safe for all threads.
 */
public final class ForcedCircuitState {
    /** Longer than any node runs, and shorter than what a ticker can tell apart. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private record Position(ForcedCircuit forced, long begin, long end) {}

    private final Ticker ticker;
    private final InstantSource clock;
    private volatile @Nullable Position position;

    public ForcedCircuitState(Ticker ticker, InstantSource clock) {
        this.ticker = ticker;
        this.clock = clock;
    }

    /**
     * Turns it, unless it stands so already.
     *
     * @param forced null leaves the circuits to their targets
     */
    public void force(@Nullable ForcedCircuit forced) {
        Position current = position;
        if (current != null && current.forced().equals(forced)) {
            return;
        }
        long now = ticker.nanos();
        position = forced == null ? null : new Position(forced, now, now + nanosUntil(forced.until()));
    }

    private long nanosUntil(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return (left.compareTo(LONGEST) < 0 ? left : LONGEST).toNanos();
    }

    /** What is forced now; null when the circuits follow their targets. */
    @Nullable
    public ForcedCircuit forced() {
        Position current = position;
        return current == null || nanosLeft(current) <= 0 ? null : current.forced();
    }

    /** Nanoseconds since it was turned; zero when it was not. */
    public long age() {
        Position current = position;
        return current == null ? 0 : ticker.nanos() - current.begin();
    }

    /** Nanoseconds until the circuits follow their targets again; zero when they do. */
    public long nanosLeft() {
        Position current = position;
        return current == null ? 0 : Math.max(0, nanosLeft(current));
    }

    private long nanosLeft(Position current) {
        return current.end() - ticker.nanos();
    }
}
