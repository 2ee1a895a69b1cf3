package dev.pintle.admin.auth;

import dev.pintle.crypto.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The SHA-256 of a token; the gateway does not keep the token itself. Tokens are long and random, so they need no slow
 * hash.
 */
public final class TokenHash {
    private final byte[] digest;

    private TokenHash(byte[] digest) {
        this.digest = digest;
    }

    public static TokenHash of(String token) {
        return new TokenHash(Sha256.digest(token));
    }

    /**
     * Parses a hash from hexadecimal digits.
     *
     * @throws IllegalArgumentException if the text is not 64 hexadecimal digits
     */
    static TokenHash parse(String hex) {
        byte[] digest = HexFormat.of().parseHex(hex);
        if (digest.length != Sha256.BYTES) {
            throw new IllegalArgumentException("A SHA-256 has 64 hexadecimal digits, not " + hex.length());
        }
        return new TokenHash(digest);
    }

    String hex() {
        return HexFormat.of().formatHex(digest);
    }

    /** Whether both are equal, compared in constant time. */
    boolean matches(TokenHash other) {
        return MessageDigest.isEqual(digest, other.digest);
    }
}
