package dev.pintle.introspection;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** Whether requests should be sent to this node: not before its first table is live, not any more once it stops. Safe for all threads. */
public final class Readiness {
    private enum State {
        STARTING,
        READY,
        STOPPING
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);

    /** The first table is live. A node that stops already stays what it is. */
    public void ready() {
        state.compareAndSet(State.STARTING, State.READY);
    }

    /**
     * Shutdown begins. There is no way back.
     *
     * @return whether the node was ready until now
     */
    public boolean stopping() {
        return state.getAndSet(State.STOPPING) == State.READY;
    }

    public boolean isReady() {
        return state.get() == State.READY;
    }

    public boolean isStopping() {
        return state.get() == State.STOPPING;
    }

    /** The state as users see it. */
    String word() {
        return state.get().name().toLowerCase(Locale.ROOT);
    }
}
