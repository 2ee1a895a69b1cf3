package dev.pintle.admin.auth;

import dev.pintle.crypto.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The SHA-256 of a token, which is all that the gateway keeps of it. Tokens are long and random, so they need no slow hash. */
public final class TokenHash {
    private final byte[] digest;

    private TokenHash(byte[] digest) {
        this.digest = digest;
    }

    public static TokenHash of(String token) {
        return new TokenHash(Sha256.digest(token));
    }

    /**
     * Reads a hash from hexadecimal digits.
     *
     * @throws IllegalArgumentException if the text is not 64 of them
     */
    static TokenHash parse(String hex) {
        byte[] digest = HexFormat.of().parseHex(hex);
        if (digest.length != Sha256.BYTES) {
            throw new IllegalArgumentException("A SHA-256 has 64 hexadecimal digits, not " + hex.length());
        }
        return new TokenHash(digest);
    }

    /** Whether both are the same. The time that this takes tells nothing about either. */
    boolean matches(TokenHash other) {
        return MessageDigest.isEqual(digest, other.digest);
    }
}
