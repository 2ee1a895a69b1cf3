package dev.pintle.time;

import java.time.Duration;

/** Pauses a thread. */
@FunctionalInterface
public interface Sleeper {
    /** Pauses in real time. */
    Sleeper SLEEP = Thread::sleep;

    void of(Duration time) throws InterruptedException;
}
