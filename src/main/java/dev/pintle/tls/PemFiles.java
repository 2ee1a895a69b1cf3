package dev.pintle.tls;

import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The files of a certificate and its private key. No message shows their content.
 *
 * @param certificate PEM: the certificate and its intermediate certificates
 * @param key PEM: its private key in PKCS #8: RSA, EC or Ed25519, not encrypted
 */
public record PemFiles(@NotNull Path certificate, @NotNull Path key) {
    /** The password of the key stores. */
    public static final String NO_PASSWORD = "";

    /** The alias of the entry in {@link #keyStore}. */
    public static final String ALIAS = "first";

    /** The bytes of both files. */
    public static final class Contents {
        private final String certificate;
        private final String key;

        private Contents(String certificate, String key) {
            this.certificate = certificate;
            this.key = key;
        }

        /** Whether two readings have the same content. */
        public boolean isSame(Contents other) {
            return certificate.equals(other.certificate) && key.equals(other.key);
        }
    }

    /**
     * Reads both files.
     *
     * @throws IllegalArgumentException when a file is unreadable
     */
    public Contents read() {
        return new Contents(new PemFile(certificate).read(), new PemFile(key).read());
    }

    /**
     * Creates the key store that TLS uses.
     *
     * @throws IllegalArgumentException when certificate and key are unusable
     */
    public KeyStore keyStore(Contents contents) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            addTo(store, ALIAS, contents);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK has PKCS12", e);
        }
    }

    /**
     * Adds the certificate and its key to a key store.
     *
     * @throws IllegalArgumentException when certificate and key are unusable
     */
    public void addTo(KeyStore store, String alias, Contents contents) {
        List<X509Certificate> chain = new PemFile(certificate).parse(contents.certificate, Pem::certificates);
        PrivateKey privateKey = new PemFile(key).parse(contents.key, Pem::privateKey);
        try {
            if (!belongTogether(chain.getFirst(), privateKey)) {
                throw new IllegalArgumentException(
                        "the key in " + key + " does not match the certificate in " + certificate + '.');
            }
            store.setKeyEntry(alias, privateKey, NO_PASSWORD.toCharArray(), chain.toArray(X509Certificate[]::new));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    certificate + " and " + key + " cannot be used ("
                            + e.getClass().getSimpleName() + ").",
                    e);
        }
    }

    /** Whether the certificate verifies a signature of the key. */
    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                });
        byte[] text = {1};
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        signature.update(text);
        return signature.verify(signed);
    }
}
