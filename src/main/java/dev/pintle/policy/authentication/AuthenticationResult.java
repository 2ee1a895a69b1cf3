package dev.pintle.policy.authentication;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Identity;
import java.time.Duration;

/** The result of one method for one request. */
sealed interface AuthenticationResult {
    /** The request has no credential of the method. */
    record Absent() implements AuthenticationResult {}

    /** The credential is valid. */
    record Accepted(Identity identity) implements AuthenticationResult {}

    /**
     * The gateway rejected the credential after too many failed attempts.
     *
     * @param guesses what was wrong too often
     */
    record Throttled(Duration untilNext, String guesses) implements AuthenticationResult {}

    /** The credential is not valid; the reason repeats nothing of it. */
    record Rejected(ErrorCode code, String reason) implements AuthenticationResult {}
}
