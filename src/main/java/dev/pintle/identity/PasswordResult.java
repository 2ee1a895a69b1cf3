package dev.pintle.identity;

import dev.pintle.http.Identity;
import java.time.Duration;

/** The result of a name and a password. */
public sealed interface PasswordResult {
    /** Both are right. */
    record Right(Identity identity) implements PasswordResult {}

    /** The name or the password is wrong, or the consumer is disabled. */
    record Wrong() implements PasswordResult {}

    /** The password was not compared, because too many were wrong before. */
    record Throttled(Duration untilNext) implements PasswordResult {}
}
