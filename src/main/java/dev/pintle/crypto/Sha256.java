package dev.pintle.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4). */
public final class Sha256 {
    /** The length of a digest. */
    public static final int BYTES = 32;

    private Sha256() {}

    /** The digest of a text in UTF-8. */
    public static byte[] digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The digest of bytes. */
    public static byte[] digest(byte[] bytes) {
        return streaming().digest(bytes);
    }

    /** A digest that takes its bytes piece by piece. */
    public static MessageDigest streaming() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    /** The digest of a text in UTF-8, as 64 lowercase hexadecimal digits. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(digest(text));
    }

    /** The digest of bytes, as 64 lowercase hexadecimal digits. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(digest(bytes));
    }
}
