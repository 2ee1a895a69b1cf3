package dev.pintle.admin;

import java.time.Duration;

/** What the door says to a request. */
sealed interface Admission {
    /** Come in. */
    record Known(AdminToken token) implements Admission {}

    /**
     * The token is missing or wrong.
     *
     * @param turnedAway how many of the same network were not even looked at since the last that was
     */
    record Stranger(long turnedAway) implements Admission {}

    /**
     * Too many of this network had no token; this one's was not looked at.
     *
     * @param first whether it is the first since one was looked at
     */
    record TurnedAway(Duration untilNext, boolean first) implements Admission {}
}
