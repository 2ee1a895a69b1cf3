package dev.pintle.upstream;

import dev.pintle.route.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
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
    private static final char[] NO_PASSWORD = {};

    /** When both files were last written; the epoch for one that is not there. */
    private record Age(FileTime certificate, FileTime key) {
        static Age of(ClientCertificateFiles files) {
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
    private final ClientCertificateFiles files;
    private Age age;
    private KeyManager[] keys;

    private ClientCertificate(String name, ClientCertificateFiles files) {
        this.name = name;
        this.files = files;
        // First the age: what is written while it is read is read again.
        this.age = Age.of(files);
        this.keys = keysIn(name, files);
    }

    /** @throws IllegalArgumentException with a sentence, when it cannot be used */
    static ClientCertificate read(String name, ClientCertificateFiles files) {
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

    private static KeyManager[] keysIn(String name, ClientCertificateFiles files) {
        List<X509Certificate> chain = content(name, files.certificate(), Pem::certificates);
        PrivateKey key = content(name, files.key(), Pem::privateKey);
        try {
            if (!belongTogether(chain.getFirst(), key)) {
                throw new IllegalArgumentException("clientCertificates." + name + ": the key in " + files.key()
                        + " is not that of the certificate in " + files.certificate() + '.');
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(name, key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, NO_PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "clientCertificates." + name + ": cannot be used ("
                            + e.getClass().getSimpleName() + ").",
                    e);
        }
    }

    private static <T> T content(String name, Path file, Function<String, T> reader) {
        try {
            return reader.apply(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "clientCertificates." + name + ": the file " + file + " is not there.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "clientCertificates." + name + ": the file " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + ").",
                    e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "clientCertificates." + name + ": the file " + file + ' ' + e.getMessage() + '.', e);
        }
    }

    /** Whether the certificate verifies what the key signs. */
    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        Signature signature =
                Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        byte[] text = {1};
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        signature.update(text);
        return signature.verify(signed);
    }
}
