package dev.pintle.policy.authentication;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.identity.CertificateNames;
import dev.pintle.identity.Identities;
import dev.pintle.policy.authentication.AuthenticationResult.Absent;
import dev.pintle.policy.authentication.AuthenticationResult.Accepted;
import dev.pintle.policy.authentication.AuthenticationResult.Rejected;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code clientCertificate}: the certificate of the client's TLS connection. The connector verified its signature; the connection
 * may be older than the end of the certificate.
 */
record CertificateMethod(List<String> dns, List<String> uris, Identities identities, InstantSource clock)
        implements AuthenticationMethod {
    static CertificateMethod of(@Nullable ClientCertificateSpec spec, Identities identities, InstantSource clock) {
        ClientCertificateSpec names = Objects.requireNonNullElse(spec, ClientCertificateSpec.ANY);
        return new CertificateMethod(
                Objects.requireNonNullElse(names.dns(), List.of()),
                Objects.requireNonNullElse(names.uri(), List.of()),
                identities,
                clock);
    }

    @Override
    public String name() {
        return "clientCertificate";
    }

    @Override
    public AuthenticationResult authenticate(Exchange exchange) {
        X509Certificate certificate = exchange.client().certificate();
        if (certificate == null) {
            return new Absent();
        }
        try {
            certificate.checkValidity(Date.from(clock.instant()));
            CertificateNames names = CertificateNames.of(certificate);
            return isListed(names)
                    ? identities
                            .byCertificate(names)
                            .<AuthenticationResult>map(Accepted::new)
                            .orElseGet(
                                    () -> rejected(
                                            "the consumer of the client certificate is disabled, or its credential has expired"))
                    : rejected("the client certificate has none of the names that the route lists");
        } catch (CertificateException e) {
            return rejected("the client certificate is not valid now");
        }
    }

    private static AuthenticationResult rejected(String reason) {
        return new Rejected(ErrorCode.CREDENTIALS_INVALID, reason);
    }

    private boolean isListed(CertificateNames names) {
        return (dns.isEmpty() && uris.isEmpty())
                || names.dns().stream().anyMatch(this::isListedDns)
                || names.uris().stream().anyMatch(this::isListedUri);
    }

    private boolean isListedDns(String name) {
        return dns.stream()
                .anyMatch(listed -> listed.startsWith("*.") ? name.endsWith(listed.substring(1)) : listed.equals(name));
    }

    private boolean isListedUri(String uri) {
        return uris.stream().anyMatch(listed -> listed.endsWith("/*") ? isBelow(uri, listed) : listed.equals(uri));
    }

    private static boolean isBelow(String uri, String listed) {
        String parent = listed.substring(0, listed.length() - 1);
        return uri.startsWith(parent) && uri.length() > parent.length();
    }

    @Override
    public String challenge(String realm) {
        return "ClientCertificate realm=\"" + realm + '"';
    }

    /** The forwarding policy of the route adds and removes the headers about the certificate. */
    @Override
    public GatewayRequest withoutCredentials(GatewayRequest request) {
        return request;
    }
}
