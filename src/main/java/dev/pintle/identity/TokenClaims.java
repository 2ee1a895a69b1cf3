package dev.pintle.identity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.IdentityProviderSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks the claims of a token whose signature is valid (RFC 7519 section 4.1). */
final class TokenClaims {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The year 5138: a later time is a mistake, and arithmetic with it could overflow. */
    private static final long MAX_SECONDS = 100_000_000_000L;

    private final ObjectNode claims;
    private final IdentityProviderSpec provider;
    private final Duration clockSkew;

    TokenClaims(ObjectNode claims, IdentityProviderSpec provider) {
        this.claims = claims;
        this.provider = provider;
        this.clockSkew = Objects.requireNonNull(provider.clockSkew());
    }

    TokenResult check(Instant now) throws InvalidTokenException {
        Instant expires = time("exp");
        if (expires == null) {
            throw new InvalidTokenException("it never expires: exp is missing");
        }
        requireStarted("nbf", now);
        time("iat");
        if (provider.issuer() != null
                && !provider.issuer().equals(claims.path("iss").textValue())) {
            throw new InvalidTokenException("iss is not the issuer of the identity provider");
        }
        List<String> audiences = provider.audiences();
        if (audiences != null && !hasAudience(audiences)) {
            throw new InvalidTokenException("aud is none of the audiences of the identity provider");
        }
        if (!now.isBefore(expires.plus(clockSkew))) {
            return new TokenResult.Expired();
        }
        return new TokenResult.Valid(map(), Objects.requireNonNull(provider.consumerClaim()), expires.plus(clockSkew));
    }

    private void requireStarted(String name, Instant now) throws InvalidTokenException {
        Instant start = time(name);
        if (start != null && now.isBefore(start.minus(clockSkew))) {
            throw new InvalidTokenException(name + " is in the future");
        }
    }

    private @Nullable Instant time(String name) throws InvalidTokenException {
        JsonNode value = claims.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > MAX_SECONDS) {
            throw new InvalidTokenException(name + " is not a time in seconds");
        }
        return Instant.ofEpochSecond(value.longValue());
    }

    private boolean hasAudience(List<String> audiences) {
        JsonNode written = claims.path("aud");
        return written.isTextual()
                ? audiences.contains(written.textValue())
                : written.isArray() && written.valueStream().anyMatch(one -> audiences.contains(one.textValue()));
    }

    private Map<String, Object> map() {
        return JSON.convertValue(claims, new TypeReference<>() {});
    }
}
