package dev.pintle.identity;

import dev.pintle.crypto.Sha256;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The names of the owner of a certificate, as its authority verified them (RFC 5280 section 4.2.1.6).
 *
 * @param sha256 of the certificate, in hexadecimal
 * @param subject the distinguished name of the owner (RFC 2253)
 * @param issuer the distinguished name of the authority
 * @param uris such as {@code spiffe://example.org/billing}
 * @param dns in lower case
 */
public record CertificateNames(String sha256, String subject, String issuer, List<String> uris, List<String> dns) {
    /** The prefixes of the names of credentials. */
    public static final String SHA_256 = "sha256:";

    public static final String URI_NAME = "uri:";
    public static final String DNS_NAME = "dns:";

    private static final int DNS = 2;
    private static final int URI = 6;

    public CertificateNames {
        uris = List.copyOf(uris);
        dns = List.copyOf(dns);
    }

    /**
     * Reads the names of a certificate.
     *
     * @throws CertificateException when the names are malformed
     */
    public static CertificateNames of(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> names =
                Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.<List<?>>of());
        return new CertificateNames(
                Sha256.hex(certificate.getEncoded()),
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                named(names, URI).toList(),
                named(names, DNS).map(name -> name.toLowerCase(Locale.ROOT)).toList());
    }

    private static Stream<String> named(Collection<List<?>> names, int kind) {
        return names.stream()
                .filter(name -> Integer.valueOf(kind).equals(name.get(0)))
                .map(name -> String.valueOf(name.get(1)));
    }

    /** The names by which a consumer can have a certificate, the most specific first. */
    List<String> credentials() {
        return Stream.of(
                        Stream.of(SHA_256 + sha256),
                        uris.stream().map(uri -> URI_NAME + uri),
                        dns.stream().map(name -> DNS_NAME + name))
                .flatMap(names -> names)
                .toList();
    }

    /** The names as claims: the prefix keeps them apart from the claims of tokens. */
    Map<String, Object> claims() {
        return Map.of(
                "certificate.sha256", sha256,
                "certificate.subject", subject,
                "certificate.issuer", issuer,
                "certificate.uri", uris,
                "certificate.dns", dns);
    }
}
