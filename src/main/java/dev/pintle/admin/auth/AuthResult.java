package dev.pintle.admin.auth;

import java.time.Duration;

/** What the door says to a request. */
public sealed interface AuthResult {
    /** Come in. */
    record Authenticated(AdminToken token) implements AuthResult {}

    /**
     * The token is missing or wrong.
     *
     * @param turnedAway how many of the same network were not even looked at since the last that was
     */
    record Rejected(long turnedAway) implements AuthResult {}

    /**
     * Too many of this network had no token; this one's was not looked at.
     *
     * @param first whether it is the first since one was looked at
     */
    record Throttled(Duration untilNext, boolean first) implements AuthResult {}
}
