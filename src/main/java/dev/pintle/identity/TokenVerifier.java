package dev.pintle.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pintle.crypto.Sha256;
import dev.pintle.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens (RFC 7519, RFC 8725). Valid tokens are remembered by their SHA-256 for 5 minutes at most. A change of the
 * provider or of its keys makes the node verify them again. Safe for all threads.
 */
public final class TokenVerifier {
    private static final int MAX_REMEMBERED = 20_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Cache<String, Remembered> valid;

    TokenVerifier(Ticker ticker, InstantSource clock) {
        this.clock = clock;
        this.valid = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .ticker(ticker::nanos)
                .build();
    }

    private record Remembered(IdentityProvider provider, KeySet keys, TokenResult.Valid result) {}

    /** Verifies a token of one of the providers. */
    public TokenResult verify(String token, List<IdentityProvider> providers) {
        if (token.length() > ParsedToken.MAX_LENGTH) {
            return new TokenResult.Invalid("it has more than " + ParsedToken.MAX_LENGTH + " characters");
        }
        String hash = Sha256.hex(token);
        TokenResult.Valid remembered = remembered(hash, providers);
        if (remembered != null) {
            return remembered;
        }
        try {
            ParsedToken parsed = ParsedToken.of(token);
            IdentityProvider provider = issuer(parsed, providers);
            requireAccepted(parsed, provider);
            KeySet keys = provider.keysFor(parsed);
            if (keys == null) {
                return new TokenResult.Unavailable(provider.id());
            }
            requireSignature(parsed, keys.candidates(parsed.keyId(), parsed.algorithm()));
            TokenResult result = new TokenClaims(parsed.claims(), provider.spec()).check(clock.instant());
            if (result instanceof TokenResult.Valid accepted) {
                // The keys of the signature: the provider can have fetched others since then.
                valid.put(hash, new Remembered(provider, keys, accepted));
            }
            return result;
        } catch (InvalidTokenException e) {
            return new TokenResult.Invalid(Objects.requireNonNull(e.getMessage()));
        }
    }

    private TokenResult.@Nullable Valid remembered(String hash, List<IdentityProvider> providers) {
        Remembered known = valid.getIfPresent(hash);
        if (known == null) {
            return null;
        }
        boolean holds = providers.contains(known.provider())
                && known.provider().keySet() == known.keys()
                && clock.instant().isBefore(known.result().expires());
        return holds ? known.result() : null;
    }

    /** The provider that the token names; a provider without an issuer takes the tokens of all others. */
    private static IdentityProvider issuer(ParsedToken token, List<IdentityProvider> providers)
            throws InvalidTokenException {
        String issuer = token.claims().path("iss").textValue();
        return providers.stream()
                .filter(provider -> provider.spec().issuer() != null
                        && provider.spec().issuer().equals(issuer))
                .findFirst()
                .or(() -> providers.stream()
                        .filter(provider -> provider.spec().issuer() == null)
                        .findFirst())
                .orElseThrow(
                        () -> new InvalidTokenException("iss is not the issuer of an identity provider of the route"));
    }

    private static void requireAccepted(ParsedToken token, IdentityProvider provider) throws InvalidTokenException {
        List<String> algorithms = Objects.requireNonNull(provider.spec().algorithms());
        if (!algorithms.contains(token.algorithm().getName())) {
            throw new InvalidTokenException("its algorithm is not accepted");
        }
        String required = provider.spec().requiredType();
        if (required != null
                && !mediaType(required).equalsIgnoreCase(mediaType(Objects.requireNonNullElse(token.type(), "")))) {
            throw new InvalidTokenException("its typ is not the required one");
        }
    }

    /** RFC 7515 section 4.1.9: {@code application/} may be left out. */
    private static String mediaType(String type) {
        String prefix = "application/";
        return type.regionMatches(true, 0, prefix, 0, prefix.length()) ? type.substring(prefix.length()) : type;
    }

    private static void requireSignature(ParsedToken token, List<VerificationKey> candidates)
            throws InvalidTokenException {
        byte[] signed = token.signed().getBytes(StandardCharsets.US_ASCII);
        byte[] signature = token.signature().decode();
        if (candidates.stream().noneMatch(key -> key.isValid(token.algorithm(), signed, signature))) {
            throw new InvalidTokenException("its signature is not valid under a key of the identity provider");
        }
    }
}
