package dev.pintle.identity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs an action on a thread of its own, once for all callers that need it at the same time. Safe for all threads. */
final class SingleFlight {
    private final Runnable action;
    private @Nullable Thread running;
    private int runs;

    SingleFlight(Runnable action) {
        this.action = action;
    }

    /** The number of complete runs, for {@link #run}. */
    synchronized int runs() {
        return runs;
    }

    synchronized boolean isRunning() {
        return running != null && running.isAlive();
    }

    /**
     * Runs the action, or waits for the run that is under way.
     *
     * @param seen the number of runs when the caller found that it needs one: a later run is as good as its own
     * @param longest the wait; the run continues after it
     */
    void run(int seen, Duration longest) {
        try {
            current(seen).join(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Thread current(int seen) {
        Thread current = running;
        if (current == null || (!current.isAlive() && runs == seen)) {
            current = Thread.ofVirtual().name("jwks").start(this::complete);
            running = current;
        }
        return current;
    }

    private void complete() {
        try {
            action.run();
        } finally {
            synchronized (this) {
                runs++;
            }
        }
    }
}
