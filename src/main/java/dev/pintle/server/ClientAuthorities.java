package dev.pintle.server;

import dev.pintle.tls.Pem;
import dev.pintle.tls.PemFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The authorities of the clients of a connector, as PEM files.
 *
 * @param authorities their certificates
 * @param revocations their lists of revoked certificates, one of each authority; null without a check
 */
record ClientAuthorities(Path authorities, @Nullable Path revocations) {
    /** The texts of both files; without a list of revocations, the second is empty. */
    record Contents(String authorities, String revocations) {}

    /** @throws IllegalArgumentException when a file is unreadable */
    Contents read() {
        return new Contents(
                new PemFile(authorities).read(), revocations == null ? "" : new PemFile(revocations).read());
    }

    /**
     * Creates the verification of client certificates.
     *
     * @throws IllegalArgumentException when the contents are unusable
     */
    X509TrustManager trustManager(Contents contents) {
        List<X509Certificate> trusted = new PemFile(authorities).parse(contents.authorities(), Pem::certificates);
        Set<TrustAnchor> anchors = trusted.stream()
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(Collectors.toSet());
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
            parameters.setRevocationEnabled(revocations != null);
            if (revocations != null) {
                List<X509CRL> lists = new PemFile(revocations).parse(contents.revocations(), Pem::revocationLists);
                parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    authorities + " cannot be used (" + e.getClass().getSimpleName() + ").", e);
        }
    }
}
