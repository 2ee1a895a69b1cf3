package dev.pintle.policy.authentication;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Identity;
import dev.pintle.identity.Identities;
import dev.pintle.identity.IdentityProvider;
import dev.pintle.identity.TokenResult;
import dev.pintle.policy.authentication.AuthenticationResult.Absent;
import dev.pintle.policy.authentication.AuthenticationResult.Accepted;
import dev.pintle.policy.authentication.AuthenticationResult.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code jwt}: a token in {@code Authorization: Bearer} (RFC 6750), and nowhere else. */
record TokenMethod(List<String> providers, Identities identities) implements AuthenticationMethod {
    private static final String SCHEME = "Bearer";

    @Override
    public String name() {
        return "jwt";
    }

    @Override
    public AuthenticationResult authenticate(Exchange exchange) {
        return AuthorizationHeader.credentials(exchange.request(), SCHEME)
                .map(this::verify)
                .orElseGet(Absent::new);
    }

    private AuthenticationResult verify(String token) {
        List<IdentityProvider> active = new ArrayList<>(providers.size());
        providers.forEach(id -> identities.providers().find(id).ifPresent(active::add));
        if (active.isEmpty()) {
            return new Rejected(ErrorCode.IDENTITY_UNAVAILABLE, "the identity provider of the route is not active");
        }
        return switch (identities.tokens().verify(token, active)) {
            case TokenResult.Valid valid -> identity(valid);
            case TokenResult.Expired expired -> new Rejected(ErrorCode.TOKEN_EXPIRED, "the token has expired");
            case TokenResult.Invalid(var reason) ->
                new Rejected(ErrorCode.CREDENTIALS_INVALID, "the token is not valid: " + reason);
            case TokenResult.Unavailable(var provider) ->
                new Rejected(
                        ErrorCode.IDENTITY_UNAVAILABLE, "the keys of identity provider " + provider + " are not known");
        };
    }

    /** A claim that names no consumer leaves the client without one. */
    private AuthenticationResult identity(TokenResult.Valid valid) {
        Identity plain = new Identity(null, Set.of(), valid.claims());
        String consumer = plain.claim(valid.consumerClaim());
        if (consumer == null) {
            return new Accepted(plain);
        }
        return identities.consumers().isDisabled(consumer)
                ? new Rejected(ErrorCode.CREDENTIALS_INVALID, "the consumer of the token is disabled")
                : new Accepted(identities
                        .consumers()
                        .identity(consumer, valid.claims())
                        .orElse(plain));
    }

    @Override
    public String challenge(String realm) {
        return SCHEME + " realm=\"" + realm + '"';
    }

    @Override
    public GatewayRequest withoutCredentials(GatewayRequest request) {
        return AuthorizationHeader.without(request, SCHEME);
    }
}
