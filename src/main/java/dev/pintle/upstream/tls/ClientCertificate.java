package dev.pintle.upstream.tls;

import dev.pintle.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client certificate of the gateway. Each new connection checks its files and reads them when they have changed.
 * Unusable files are logged and ignored until they change again. No message shows a key. Thread-safe.
 */
final class ClientCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(ClientCertificate.class);

    /** The modification times of both files; the epoch for a missing file. */
    private record Age(FileTime certificate, FileTime key) {
        static Age of(PemFiles files) {
            return new Age(written(files.certificate()), written(files.key()));
        }

        private static FileTime written(Path file) {
            try {
                return Files.getLastModifiedTime(file);
            } catch (IOException e) {
                return FileTime.fromMillis(0);
            }
        }
    }

    private final String name;
    private final PemFiles files;
    private Age age;
    private KeyManager[] keys;

    private ClientCertificate(String name, PemFiles files) {
        this.name = name;
        this.files = files;
        // Read the modification times first, so that a file that changes during the read is read again.
        this.age = Age.of(files);
        this.keys = keysIn(name, files);
    }

    /** @throws IllegalArgumentException with a message when the certificate is unusable */
    static ClientCertificate read(String name, PemFiles files) {
        return new ClientCertificate(name, files);
    }

    /** The current certificate and its key; the same array while they are unchanged. */
    synchronized KeyManager[] keys() {
        Age now = Age.of(files);
        if (!now.equals(age)) {
            age = now;
            try {
                keys = keysIn(name, files);
                LOG.info("Reloaded client certificate {}.", name);
            } catch (IllegalArgumentException e) {
                LOG.warn("{} Keeping the previous one.", e.getMessage());
            }
        }
        return keys;
    }

    private static KeyManager[] keysIn(String name, PemFiles files) {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(files.keyStore(files.read()), PemFiles.NO_PASSWORD.toCharArray());
            return factory.getKeyManagers();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("clientCertificates." + name + ": " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK knows PKIX", e);
        }
    }
}
