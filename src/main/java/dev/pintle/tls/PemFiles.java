package dev.pintle.tls;

import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;

/**
 * Where a certificate and its private key are kept. No message shows any of what they hold.
 *
 * @param certificate PEM: the certificate, and those between it and its authority
 * @param key PEM: its private key in PKCS #8: RSA, EC or Ed25519, not encrypted
 */
public record PemFiles(@NotNull Path certificate, @NotNull Path key) {
    /** Of the key stores that come out of it. */
    public static final String NO_PASSWORD = "";

    /** What the files hold, not yet understood. */
    public static final class Contents {
        private final String certificate;
        private final String key;

        private Contents(String certificate, String key) {
            this.certificate = certificate;
            this.key = key;
        }

        /** Whether the files have changed between one reading and the other. */
        public boolean isSame(Contents other) {
            return certificate.equals(other.certificate) && key.equals(other.key);
        }
    }

    /**
     * Reads both files.
     *
     * @throws IllegalArgumentException with a sentence, when one cannot be read
     */
    public Contents read() {
        return new Contents(text(certificate), text(key));
    }

    /**
     * The certificate and its key in the form that TLS wants.
     *
     * @throws IllegalArgumentException with a sentence, when they cannot be used
     */
    public KeyStore keyStore(Contents contents) {
        List<X509Certificate> chain = understood(certificate, contents.certificate, Pem::certificates);
        PrivateKey privateKey = understood(key, contents.key, Pem::privateKey);
        try {
            if (!belongTogether(chain.getFirst(), privateKey)) {
                throw new IllegalArgumentException(
                        "the key in " + key + " is not that of the certificate in " + certificate + '.');
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("the one", privateKey, NO_PASSWORD.toCharArray(), chain.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    certificate + " and " + key + " cannot be used ("
                            + e.getClass().getSimpleName() + ").",
                    e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("the file " + file + " is not there.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file " + file + " cannot be read (" + e.getClass().getSimpleName() + ").", e);
        }
    }

    private static <T> T understood(Path file, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the file " + file + ' ' + e.getMessage() + '.', e);
        }
    }

    /** Whether the certificate verifies what the key signs. */
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
