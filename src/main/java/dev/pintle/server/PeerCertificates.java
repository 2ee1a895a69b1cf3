package dev.pintle.server;

import java.security.cert.X509Certificate;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;

/** The certificates that clients presented in TLS handshakes. */
final class PeerCertificates {
    private static final X509Certificate[] NONE = {};

    private PeerCertificates() {}

    /** The chain of the client of a network connection, its own certificate first; empty without one. */
    static X509Certificate[] of(EndPoint network) {
        if (!(network.getConnection() instanceof SslConnection tls)) {
            return NONE;
        }
        EndPoint.SslSessionData session = tls.getSslEndPoint().getSslSessionData();
        return session == null || session.peerCertificates() == null ? NONE : session.peerCertificates();
    }
}
