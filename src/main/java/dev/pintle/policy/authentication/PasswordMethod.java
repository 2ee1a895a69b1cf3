package dev.pintle.policy.authentication;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Identity;
import dev.pintle.identity.Identities;
import dev.pintle.policy.authentication.AuthenticationResult.Absent;
import dev.pintle.policy.authentication.AuthenticationResult.Accepted;
import dev.pintle.policy.authentication.AuthenticationResult.Rejected;
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
        return credentials
                .flatMap(this::identity)
                .<AuthenticationResult>map(Accepted::new)
                .orElseGet(() -> new Rejected(ErrorCode.CREDENTIALS_INVALID, "the name or the password is wrong"));
    }

    private Optional<Identity> identity(String credentials) {
        if (credentials.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : identities.byPassword(pair.substring(0, colon), pair.substring(colon + 1));
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
