package dev.pintle.server;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the certificates of a connector when their files change. With missing or invalid files, the connector keeps the
 * previous certificates. The check compares contents instead of times, so that it notices a symbolic link to other files.
 */
final class CertificateReloader extends AbstractLifeCycle {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateReloader.class);

    private final TlsFiles files;
    private final ServerTls tls;
    private final Duration interval;
    private TlsFiles.Contents current;
    private String lastFailure = "";
    private Supplier<Stream<EndPoint>> connections = Stream::empty;

    /**
     * Sets the initial certificates of a TLS server.
     *
     * @throws IllegalArgumentException with a sentence, when the files contain no valid certificate
     */
    CertificateReloader(TlsFiles files, ServerTls tls, Duration interval) {
        this.files = files;
        this.tls = tls;
        this.interval = interval;
        try {
            current = files.read();
            files.material(current).applyTo(tls);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot load the TLS certificate: " + e.getMessage(), e);
        }
    }

    /** Sets the open connections, which end when their client certificate is no longer accepted. Call this before the start. */
    void guard(Supplier<Stream<EndPoint>> open) {
        connections = open;
    }

    @Override
    protected void doStart() {
        Thread.ofVirtual().name("certificate-reload").start(this::run);
    }

    private void run() {
        LockSupport.parkNanos(interval.toNanos());
        while (!isStopping() && !isStopped()) {
            reloadIfChanged();
            LockSupport.parkNanos(interval.toNanos());
        }
    }

    private void reloadIfChanged() {
        try {
            TlsFiles.Contents next = files.read();
            if (next.isSame(current)) {
                return;
            }
            current = next;
            TlsFiles.Material material = files.material(next);
            tls.reload(changed -> material.applyTo(tls));
            lastFailure = "";
            LOG.info("Activated the new TLS certificate in {}", files.names());
            closeRejected(material.clients());
        } catch (Exception e) {
            logFailure(String.valueOf(e.getMessage()));
        }
    }

    /** Ends the connections of clients whose certificate was revoked, or whose authority was removed. */
    private void closeRejected(@Nullable X509TrustManager clients) {
        if (clients != null) {
            connections.get().filter(open -> !isAccepted(open, clients)).forEach(EndPoint::close);
        }
    }

    private static boolean isAccepted(EndPoint endPoint, X509TrustManager clients) {
        X509Certificate[] chain = PeerCertificates.of(endPoint);
        try {
            if (chain.length > 0) {
                clients.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            }
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    /** Logs a repeated failure only once. */
    private void logFailure(String failure) {
        if (!failure.equals(lastFailure)) {
            LOG.warn("Cannot reload the certificate: {} Keeping the previous one.", failure);
            lastFailure = failure;
        }
    }
}
