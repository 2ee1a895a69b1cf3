package dev.pintle.soak;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in long-running drills. */
final class Waiting {
    private Waiting() {}

    static void pause(Duration time) {
        until(System.nanoTime() + time.toNanos(), () -> false);
    }

    /**
     * Waits until a time.
     *
     * @return false when the drill ended before
     */
    static boolean until(long due, BooleanSupplier over) {
        for (long left = due - System.nanoTime(); left > 0 && !over.getAsBoolean(); left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return !over.getAsBoolean();
    }

    /** Waits for a condition, for at most one minute. */
    static void await(String what, BooleanSupplier so) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within a minute: " + what);
            }
            pause(Duration.ofMillis(10));
        }
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
