package dev.pintle.admin.auth;

import java.time.Duration;

/** The result of authenticating a request. */
public sealed interface AuthResult {
    /** The token is valid. */
    record Authenticated(AdminToken token) implements AuthResult {}

    /**
     * The token is missing or wrong.
     *
     * @param throttled the number of throttled attempts of the same network since the last rejected one
     */
    record Rejected(long throttled) implements AuthResult {}

    /**
     * The token is missing or wrong, and the network had too many failed attempts before.
     *
     * @param untilNext the time until a failed attempt is answered with 401 again
     * @param first whether it is the first throttled attempt since the last rejected one
     */
    record Throttled(Duration untilNext, boolean first) implements AuthResult {}
}
