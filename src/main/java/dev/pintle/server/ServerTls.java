package dev.pintle.server;

import java.security.KeyStore;
import java.security.cert.CRL;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** TLS of a connector that verifies client certificates with a trust manager of the gateway instead of Jetty's files. */
final class ServerTls extends SslContextFactory.Server {
    private @Nullable X509TrustManager clients;

    ServerTls(ClientCertificateRequest request) {
        setWantClientAuth(request == ClientCertificateRequest.REQUEST);
        setNeedClientAuth(request == ClientCertificateRequest.REQUIRE);
    }

    /** Sets the verification of client certificates; null rejects all of them. Effective from the next load. */
    void verifyClients(@Nullable X509TrustManager next) {
        clients = next;
    }

    @Override
    protected TrustManager[] getTrustManagers(
            @Nullable KeyStore ignored, @Nullable Collection<? extends CRL> alsoIgnored) {
        return clients == null ? new TrustManager[0] : new TrustManager[] {clients};
    }
}
