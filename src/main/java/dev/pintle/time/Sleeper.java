package dev.pintle.time;

import java.time.Duration;

/** Lets a thread wait. */
@FunctionalInterface
public interface Sleeper {
    /** Real time passes. */
    Sleeper SLEEP = Thread::sleep;

    void of(Duration time) throws InterruptedException;
}
