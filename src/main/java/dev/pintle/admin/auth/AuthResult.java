package dev.pintle.admin.auth;

import java.time.Duration;

/** The result of authenticating a request. */
public sealed interface AuthResult {
    /** The token is valid. */
    record Authenticated(AdminToken token) implements AuthResult {}

    /**
     * The token is missing or wrong.
     *
     * @param turnedAway how many attempts of the same network were throttled since the last rejected one
     */
    record Rejected(long turnedAway) implements AuthResult {}

    /**
     * The token is missing or wrong, and the network had too many failed attempts before.
     *
     * @param untilNext when the next failed attempt is 401 again
     * @param first whether it is the first throttled attempt since the last rejected one
     */
    record Throttled(Duration untilNext, boolean first) implements AuthResult {}
}
