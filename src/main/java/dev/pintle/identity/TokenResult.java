package dev.pintle.identity;

import java.time.Instant;
import java.util.Map;

/** The result of verifying a token. */
public sealed interface TokenResult {
    /**
     * The token is valid.
     *
     * @param consumerClaim the name of the claim that names the consumer
     */
    record Valid(Map<String, Object> claims, String consumerClaim, Instant expires) implements TokenResult {}

    /** The signature is valid, but the token has expired. */
    record Expired() implements TokenResult {}

    /** The token is not valid; the reason repeats nothing of it. */
    record Invalid(String reason) implements TokenResult {}

    /** The keys of the provider are not known. */
    record Unavailable(String provider) implements TokenResult {}
}
