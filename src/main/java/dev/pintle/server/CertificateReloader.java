package dev.pintle.server;

import dev.pintle.tls.PemFiles;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the certificates of a connector when their files change. With missing or invalid files, the connector keeps the
 * previous certificates. The check compares contents instead of times, so that it notices a symbolic link to other files.
 */
final class CertificateReloader extends AbstractLifeCycle {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateReloader.class);

    private final List<PemFiles> files;
    private final SslContextFactory.Server tls;
    private final Duration interval;
    private List<PemFiles.Contents> current;
    private String lastFailure = "";

    /**
     * Sets the initial certificates of a TLS server.
     *
     * @param files the first certificate is for clients that ask for no name, or for an unknown name
     * @throws IllegalArgumentException with a sentence, when the files contain no valid certificate
     */
    CertificateReloader(List<PemFiles> files, SslContextFactory.Server tls, Duration interval) {
        this.files = List.copyOf(files);
        this.tls = tls;
        this.interval = interval;
        try {
            current = read();
            setCertificates(tls, keyStore(current));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot load the TLS certificate: " + e.getMessage(), e);
        }
    }

    private List<PemFiles.Contents> read() {
        return files.stream().map(PemFiles::read).toList();
    }

    private KeyStore keyStore(List<PemFiles.Contents> contents) {
        KeyStore store = files.getFirst().keyStore(contents.getFirst());
        for (int i = 1; i < files.size(); i++) {
            files.get(i).addTo(store, "certificate-" + i, contents.get(i));
        }
        return store;
    }

    private boolean isCurrent(List<PemFiles.Contents> contents) {
        return IntStream.range(0, contents.size()).allMatch(i -> contents.get(i).isSame(current.get(i)));
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
            List<PemFiles.Contents> next = read();
            if (isCurrent(next)) {
                return;
            }
            current = next;
            KeyStore store = keyStore(next);
            tls.reload(changed -> setCertificates(tls, store));
            lastFailure = "";
            LOG.info("Activated the new TLS certificate in {}", certificates());
        } catch (Exception e) {
            logFailure(String.valueOf(e.getMessage()));
        }
    }

    private String certificates() {
        return files.stream().map(file -> file.certificate().toString()).collect(Collectors.joining(", "));
    }

    /** Logs a repeated failure only once. */
    private void logFailure(String failure) {
        if (!failure.equals(lastFailure)) {
            LOG.warn("Cannot reload the certificate: {} Keeping the previous one.", failure);
            lastFailure = failure;
        }
    }

    private static void setCertificates(SslContextFactory.Server tls, KeyStore store) {
        tls.setKeyStore(store);
        tls.setKeyStorePassword(PemFiles.NO_PASSWORD);
        tls.setCertAlias(PemFiles.ALIAS);
    }
}
