package dev.pintle.proxy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a certificate and its private key stand, as PEM (RFC 7468). */
record CertificateFiles(Path certificate, Path key) {
    private static final Pattern PKCS_8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** What the files hold, unread. */
    record Contents(String certificate, String key) {}

    /** @throws IOException with a sentence, when a file cannot be read */
    Contents read() throws IOException {
        return new Contents(text(certificate), text(key));
    }

    /**
     * The key store that a TLS server wants; its password is empty.
     *
     * @throws GeneralSecurityException with a sentence, when the files do not hold what they should
     * @throws IOException when the key store cannot be made
     */
    KeyStore keyStore(Contents contents) throws GeneralSecurityException, IOException {
        Certificate[] chain = chain(contents.certificate());
        PrivateKey privateKey = privateKey(contents.key(), chain[0].getPublicKey());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("gateway", privateKey, new char[0], chain);
        return store;
    }

    private Certificate[] chain(String pem) throws GeneralSecurityException {
        Certificate[] chain;
        try {
            chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))
                    .toArray(Certificate[]::new);
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException(
                    certificate + " holds no certificate that can be read: " + e.getMessage(), e);
        }
        if (chain.length == 0) {
            throw new GeneralSecurityException(
                    certificate + " holds no certificate; it must be PEM, the gateway's first");
        }
        return chain;
    }

    private PrivateKey privateKey(String pem, PublicKey publicKey) throws GeneralSecurityException {
        Matcher block = PKCS_8.matcher(pem);
        if (!block.find()) {
            throw new GeneralSecurityException(key + " holds no BEGIN PRIVATE KEY (PKCS #8, not encrypted);"
                    + " openssl pkcs8 -topk8 -nodes makes one of other kinds");
        }
        try {
            PrivateKey privateKey = KeyFactory.getInstance(publicKey.getAlgorithm())
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1))));
            if (fits(privateKey, publicKey)) {
                return privateKey;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new GeneralSecurityException(
                    key + " holds no " + publicKey.getAlgorithm() + " key that can be read, as " + certificate
                            + " wants: " + e.getMessage(),
                    e);
        }
        throw new GeneralSecurityException(key + " is not the key of the first certificate in " + certificate);
    }

    /** Nothing else would notice a key of another certificate before the first client does. */
    private static boolean fits(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (publicKey.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> publicKey.getAlgorithm();
                });
        byte[] message = publicKey.getEncoded();
        signature.initSign(privateKey);
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(message);
        return signature.verify(signed);
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
