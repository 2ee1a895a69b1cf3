package dev.pintle.identity;

import dev.pintle.http.Identity;
import java.time.Duration;

/** The result of a presented key, or of a name and a password. */
public sealed interface CredentialResult {
    /** The credential is right. */
    record Right(Identity identity) implements CredentialResult {}

    /** The credential is wrong or has expired, or the consumer is disabled. */
    record Wrong() implements CredentialResult {}

    /** The gateway rejected the credential after too many failed attempts. */
    record Throttled(Duration untilNext) implements CredentialResult {}
}
