package dev.pintle.time;

import java.time.Duration;

/** Lets a thread wait. */
@FunctionalInterface
public interface Pause {
    /** Real time passes. */
    Pause SLEEP = Thread::sleep;

    void of(Duration time) throws InterruptedException;
}
