package dev.pintle.policy.authentication;

import dev.pintle.http.ClientNetwork;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.identity.CredentialResult;
import dev.pintle.identity.Identities;
import dev.pintle.policy.authentication.AuthenticationResult.Absent;
import dev.pintle.policy.authentication.AuthenticationResult.Accepted;
import dev.pintle.policy.authentication.AuthenticationResult.Rejected;
import dev.pintle.policy.authentication.AuthenticationResult.Throttled;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** {@code basic}: the name of a consumer and its password (RFC 7617). */
record PasswordMethod(Identities identities) implements AuthenticationMethod {
    private static final String SCHEME = "Basic";
    private static final int MAX_LENGTH = 1_000;

    @Override
    public String name() {
        return "basic";
    }

    @Override
    public AuthenticationResult authenticate(Exchange exchange) {
        Optional<String> credentials = AuthorizationHeader.credentials(exchange.request(), SCHEME);
        if (credentials.isEmpty()) {
            return new Absent();
        }
        String network = ClientNetwork.of(exchange.client().address()).text();
        return pair(credentials.get()).map(pair -> authenticate(network, pair)).orElseGet(PasswordMethod::wrong);
    }

    private AuthenticationResult authenticate(String network, String pair) {
        int colon = pair.indexOf(':');
        return switch (identities.byPassword(network, pair.substring(0, colon), pair.substring(colon + 1))) {
            case CredentialResult.Right(var identity) -> new Accepted(identity);
            case CredentialResult.Wrong wrong -> wrong();
            case CredentialResult.Throttled(var untilNext) ->
                new Throttled(untilNext, "wrong passwords from this client, for this name, or at once");
        };
    }

    private static AuthenticationResult wrong() {
        return new Rejected(ErrorCode.CREDENTIALS_INVALID, "the name or the password is wrong");
    }

    /** Name and password with the colon between them; empty when the credentials are malformed. */
    private static Optional<String> pair(String credentials) {
        if (credentials.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return pair.indexOf(':') < 0 ? Optional.empty() : Optional.of(pair);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String challenge(String realm) {
        return SCHEME + " realm=\"" + realm + "\", charset=\"UTF-8\"";
    }

    @Override
    public GatewayRequest withoutCredentials(GatewayRequest request) {
        return AuthorizationHeader.without(request, SCHEME);
    }
}
