package dev.pintle.introspection;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a load balancer should send requests to this node: from the first active route table until the shutdown
 * begins. Safe for all threads.
 */
public final class Readiness {
    private enum State {
        STARTING,
        READY,
        STOPPING
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);

    /** Marks the node as ready, unless it is already stopping. */
    public void ready() {
        state.compareAndSet(State.STARTING, State.READY);
    }

    /**
     * Marks the node as stopping, permanently.
     *
     * @return whether the node was ready
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

    /** The public name of the state. */
    String word() {
        return state.get().name().toLowerCase(Locale.ROOT);
    }
}
