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
    private PemFiles.Contents seen;
    private String said = "";

    /**
     * Gives a TLS server its first certificate.
     *
     * @throws IllegalArgumentException with a sentence, when the files hold none
     */
    CertificateReloader(PemFiles files, SslContextFactory.Server tls, Duration interval) {
        this.files = files;
        this.tls = tls;
        this.interval = interval;
        try {
            seen = files.read();
            hold(tls, files.keyStore(seen));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("TLS has no certificate: " + e.getMessage(), e);
        }
    }

    @Override
    protected void doStart() {
        Thread.ofVirtual().name("certificate-reload").start(this::patrol);
    }

    private void patrol() {
        LockSupport.parkNanos(interval.toNanos());
        while (!isStopping() && !isStopped()) {
            look();
            LockSupport.parkNanos(interval.toNanos());
        }
    }

    private void look() {
        try {
            PemFiles.Contents contents = files.read();
            if (contents.isSame(seen)) {
                return;
            }
            seen = contents;
            KeyStore store = files.keyStore(contents);
            tls.reload(changed -> hold(tls, store));
            said = "";
            LOG.info("TLS serves the new certificate in {}", files.certificate());
        } catch (Exception e) {
            say(String.valueOf(e.getMessage()));
        }
    }

    /** Each trouble once, however often it is met. */
    private void say(String trouble) {
        if (!trouble.equals(said)) {
            LOG.warn("Cannot reload the certificate: {} Keeping the previous one.", trouble);
            said = trouble;
        }
    }

    private static void hold(SslContextFactory.Server tls, KeyStore store) {
        tls.setKeyStore(store);
        tls.setKeyStorePassword(PemFiles.NO_PASSWORD);
    }
}
