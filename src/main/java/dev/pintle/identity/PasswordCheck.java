package dev.pintle.identity;

import java.time.Duration;

/**
 * The comparison of a password.
 *
 * @param untilNext zero when it was compared; otherwise the time until the next guess
 */
record PasswordCheck(boolean isRight, Duration untilNext) {
    static PasswordCheck of(boolean isRight) {
        return new PasswordCheck(isRight, Duration.ZERO);
    }

    static PasswordCheck throttled(Duration untilNext) {
        return new PasswordCheck(false, untilNext);
    }
}
