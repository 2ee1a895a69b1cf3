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
 * A certificate that upstreams know the gateway by. Its files are looked at whenever a connection is opened; what changed is
 * read, and what cannot be used is told and left until it changes again. No message shows a key. Safe for all threads.
 */
final class ClientCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(ClientCertificate.class);

    /** When both files were last written; the epoch for one that is not there. */
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
        // First the age: what is written while it is read is read again.
        this.age = Age.of(files);
        this.keys = keysIn(name, files);
    }

    /** @throws IllegalArgumentException with a sentence, when it cannot be used */
    static ClientCertificate read(String name, PemFiles files) {
        return new ClientCertificate(name, files);
    }

    /** The certificate and its key as they are now; the same array as long as they are the same. */
    synchronized KeyManager[] keys() {
        Age now = Age.of(files);
        if (!now.equals(age)) {
            age = now;
            try {
                keys = keysIn(name, files);
                LOG.info("Client certificate {} was read anew.", name);
            } catch (IllegalArgumentException e) {
                LOG.warn("{} The one that was read before stays in use.", e.getMessage());
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
