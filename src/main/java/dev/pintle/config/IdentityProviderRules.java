package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for identity providers that annotations cannot express. */
final class IdentityProviderRules {
    private static final int MAX_KEYS = 100;
    private static final Set<String> PUBLIC_TYPES = Set.of("RSA", "EC", "OKP");
    /** The members of private keys (RFC 7518 section 6). */
    private static final List<String> PRIVATE_MEMBERS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private static final Pattern URL = Pattern.compile("https?://[^/?#@\\s]+(/[^?#\\s]*)?");

    private IdentityProviderRules() {}

    static void validate(IdentityProviderSpec provider, Violations violations) {
        if (provider.jwksUri() != null && provider.jwks() != null) {
            violations.add("/jwks", "must not stand beside jwksUri; remove one of them");
        }
        if (provider.jwksUri() != null) {
            requireUrl("/jwksUri", provider.jwksUri(), violations);
        } else if (provider.jwks() == null) {
            requireIssuerUrl(provider.issuer(), violations);
        }
        if (provider.jwks() != null) {
            publicKeys(provider.jwks().path("keys"), violations.at("/jwks/keys"));
        }
    }

    private static void requireIssuerUrl(@Nullable String issuer, Violations violations) {
        if (issuer == null) {
            violations.add("/issuer", "is missing; write the issuer, or give jwksUri or jwks");
        } else {
            requireUrl("/issuer", issuer, violations);
        }
    }

    private static void requireUrl(String pointer, String url, Violations violations) {
        if (!URL.matcher(url).matches()) {
            violations.add(
                    pointer,
                    "must be an http or https URL without user, query and fragment, such as https://id.example.com");
        }
    }

    /** Never repeats a value: it may be a secret. */
    private static void publicKeys(JsonNode keys, Violations violations) {
        if (!keys.isArray() || keys.isEmpty() || keys.size() > MAX_KEYS) {
            violations.add("", "must be a list of 1 to " + MAX_KEYS + " public keys (RFC 7517)");
            return;
        }
        for (int i = 0; i < keys.size(); i++) {
            JsonNode key = keys.get(i);
            if (!PUBLIC_TYPES.contains(key.path("kty").asText())) {
                violations.add("/" + i + "/kty", "must be RSA, EC or OKP; symmetric keys are not accepted");
            }
            if (PRIVATE_MEMBERS.stream().anyMatch(key::has)) {
                violations.add("/" + i, "is a private or secret key; remove it, and replace it at the provider");
            }
        }
    }
}
