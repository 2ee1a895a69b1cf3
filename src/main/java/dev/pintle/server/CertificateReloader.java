package dev.pintle.server;

import dev.pintle.tls.PemFiles;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the certificate when its files change. With missing or invalid files, the connector keeps the previous
 * certificate. The check compares contents instead of times, so that it notices a symbolic link to other files.
 */
final class CertificateReloader extends AbstractLifeCycle {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateReloader.class);

    private final PemFiles files;
    private final SslContextFactory.Server tls;
    private final Duration interval;
    private PemFiles.Contents current;
    private String lastFailure = "";

    /**
     * Sets the initial certificate of a TLS server.
     *
     * @throws IllegalArgumentException with a sentence, when the files contain no valid certificate
     */
    CertificateReloader(PemFiles files, SslContextFactory.Server tls, Duration interval) {
        this.files = files;
        this.tls = tls;
        this.interval = interval;
        try {
            current = files.read();
            setCertificate(tls, files.keyStore(current));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot load the TLS certificate: " + e.getMessage(), e);
        }
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
            PemFiles.Contents next = files.read();
            if (next.isSame(current)) {
                return;
            }
            current = next;
            KeyStore store = files.keyStore(next);
            tls.reload(changed -> setCertificate(tls, store));
            lastFailure = "";
            LOG.info("Activated the new TLS certificate in {}", files.certificate());
        } catch (Exception e) {
            logFailure(String.valueOf(e.getMessage()));
        }
    }

    /** Logs a repeated failure only once. */
    private void logFailure(String failure) {
        if (!failure.equals(lastFailure)) {
            LOG.warn("Cannot reload the certificate: {} Keeping the previous one.", failure);
            lastFailure = failure;
        }
    }

    private static void setCertificate(SslContextFactory.Server tls, KeyStore store) {
        tls.setKeyStore(store);
        tls.setKeyStorePassword(PemFiles.NO_PASSWORD);
    }
}
