package dev.pintle.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys in PEM (RFC 7468). Ignores text around the blocks. No message shows their content. */
public final class Pem {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String REVOCATION_LIST = "X509 CRL";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private Pem() {}

    /**
     * Reads all certificates of a text, in their order.
     *
     * @throws IllegalArgumentException when there is none or one is unreadable; the message continues a sentence that begins with
     *     the name of the text
     */
    public static List<X509Certificate> certificates(String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] block : blocks(text, CERTIFICATE)) {
            try {
                certificates.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block)));
            } catch (CertificateException e) {
                throw new IllegalArgumentException(
                        "has an unreadable certificate, number " + (certificates.size() + 1), e);
            }
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(
                    "holds no certificate; write PEM: -----BEGIN CERTIFICATE-----, its Base64,"
                            + " -----END CERTIFICATE-----");
        }
        return certificates;
    }

    /**
     * Reads all lists of revoked certificates of a text (RFC 5280 section 5).
     *
     * @throws IllegalArgumentException when there is none or one is unreadable; the message continues a sentence that begins with
     *     the name of the text
     */
    public static List<X509CRL> revocationLists(String text) {
        List<X509CRL> lists = new ArrayList<>();
        for (byte[] block : blocks(text, REVOCATION_LIST)) {
            try {
                lists.add(
                        (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(block)));
            } catch (CertificateException | CRLException e) {
                throw new IllegalArgumentException(
                        "has an unreadable list of revoked certificates, number " + (lists.size() + 1), e);
            }
        }
        if (lists.isEmpty()) {
            throw new IllegalArgumentException(
                    "holds no list of revoked certificates; write PEM: -----BEGIN X509 CRL-----, its Base64,"
                            + " -----END X509 CRL-----");
        }
        return lists;
    }

    /** Whether a text contains a private key in any form, readable or not. */
    public static boolean holdsPrivateKey(String text) {
        return text.contains(PRIVATE_KEY + "-----");
    }

    /**
     * Reads the private key of a text: RSA, EC or Ed25519 in PKCS #8.
     *
     * @throws IllegalArgumentException when there is no readable key; the message continues a sentence that begins with the name
     *     of the text
     */
    public static PrivateKey privateKey(String text) {
        List<byte[]> blocks = blocks(text, PRIVATE_KEY);
        if (blocks.isEmpty()) {
            // PKCS #8 names it in the header; older PEM has a line Proc-Type.
            throw new IllegalArgumentException(
                    text.contains("ENCRYPTED")
                            ? "holds an encrypted private key, and the node has no password for it;"
                                    + " decrypt it with: openssl pkey -in OLD -out NEW"
                            : "holds no private key in PKCS #8 (-----BEGIN PRIVATE KEY-----);"
                                    + " convert it with: openssl pkey -in OLD -out NEW");
        }
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(blocks.getFirst());
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // A key of another algorithm.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK knows " + algorithm, e);
            }
        }
        throw new IllegalArgumentException("holds a private key that is neither RSA, EC nor Ed25519, or is damaged");
    }

    private static List<byte[]> blocks(String text, String label) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                blocks.add(decoded(matcher.group(2)));
            }
        }
        return blocks;
    }

    /** Decodes Base64; returns nothing for invalid Base64. */
    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
