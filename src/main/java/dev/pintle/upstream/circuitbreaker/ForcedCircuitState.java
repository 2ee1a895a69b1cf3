package dev.pintle.upstream.circuitbreaker;

import dev.pintle.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The override of all circuits of a route. It ends by the monotonic ticker, so clock changes do not end it.
 * Thread-safe.
 */
public final class ForcedCircuitState {
    private record Position(ForcedCircuit forced, long begin) {}

    private final Ticker ticker;
    private volatile @Nullable Position position;

    public ForcedCircuitState(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Applies an override, or the same one with a more recent reading of its end.
     *
     * @param forced null leaves the circuits to their targets
     */
    public void force(@Nullable ForcedCircuit forced) {
        Position current = position;
        if (forced == null) {
            position = null;
        } else if (current != null && current.forced().isSameDecisionAs(forced)) {
            position = new Position(forced, current.begin());
        } else {
            position = new Position(forced, ticker.nanos());
        }
    }

    /** The current override; null when the circuits follow their targets. */
    @Nullable
    public ForcedCircuit forced() {
        Position current = position;
        return current == null || nanosLeft(current) <= 0 ? null : current.forced();
    }

    /** Nanoseconds since the override was applied; zero without an override. */
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
        return current.forced().endsAt() - ticker.nanos();
    }
}
