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
 * The trusted certificates and the client certificate for TLS with upstreams. Each instance has its own cache of
 * resumable sessions. Thread-safe.
 */
public final class ClientTls {
    /** The system trust store, without a client certificate. */
    public static final ClientTls SYSTEM = new ClientTls(List.of(), null);

    private final List<X509Certificate> trusted;
    private final @Nullable ClientCertificate identity;
    private KeyManager @Nullable [] keys;
    private @Nullable SSLContext context;

    /** @param trusted replaces the system trust store; empty: the system trust store */
    ClientTls(List<X509Certificate> trusted, @Nullable ClientCertificate identity) {
        this.trusted = List.copyOf(trusted);
        this.identity = identity;
    }

    /**
     * Makes the JVM report a TLS connection that ends without close_notify. By default it reports a normal end, so a cut
     * body would look complete (RFC 9112 section 9.8). Takes effect only before the process loads the JDK's TLS sockets.
     */
    public static void requireCloseNotify() {
        System.setProperty("com.sun.net.ssl.requireCloseNotify", "true");
    }

    /** The context of new connections. It is replaced after the client certificate's files have changed. */
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
