package dev.pintle.upstream.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom the gateway trusts, and as whom it is known, when it speaks TLS with upstreams. Sessions that can be resumed stay
 * within one. Safe for all threads.
 */
public final class ClientTls {
    /** The machine's trust, and nobody to be known as. */
    public static final ClientTls SYSTEM = new ClientTls(List.of(), null);

    private final List<X509Certificate> trusted;
    private final @Nullable ClientCertificate identity;
    private KeyManager @Nullable [] keys;
    private @Nullable SSLContext context;

    /** @param trusted in place of the machine's trust; none: that trust */
    ClientTls(List<X509Certificate> trusted, @Nullable ClientCertificate identity) {
        this.trusted = List.copyOf(trusted);
        this.identity = identity;
    }

    /** What connections are made with now: another one once the client certificate's files have changed. */
    synchronized SSLContext context() {
        KeyManager[] current = identity == null ? null : identity.keys();
        SSLContext made = context;
        if (made == null || !Arrays.equals(current, keys)) {
            made = make(current);
            context = made;
            keys = current;
        }
        return made;
    }

    private SSLContext make(KeyManager @Nullable [] current) {
        try {
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(current, trusted.isEmpty() ? null : trust(), null);
            return made;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private TrustManager[] trust() throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        for (int i = 0; i < trusted.size(); i++) {
            anchors.setCertificateEntry(Integer.toString(i), trusted.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        return factory.getTrustManagers();
    }
}
