package dev.pintle.policy.authentication;

import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;

/** One way to present a credential. Safe for all threads. */
sealed interface AuthenticationMethod permits TokenMethod, ApiKeyMethod, PasswordMethod, CertificateMethod {
    /** The name in metrics. */
    String name();

    AuthenticationResult authenticate(Exchange exchange);

    /** The challenge in {@code WWW-Authenticate} (RFC 9110 section 11.6.1), without the error. */
    String challenge(String realm);

    /** The request without credentials of this method. */
    GatewayRequest withoutCredentials(GatewayRequest request);
}
