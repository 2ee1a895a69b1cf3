package dev.pintle.admin.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a secret, which is all that is kept of it. Secrets are random and long, so that no salt has to slow it down. */
public final class TokenHash {
    private static final int OCTETS = 32;

    private final byte[] octets;

    private TokenHash(byte[] octets) {
        this.octets = octets;
    }

    public static TokenHash of(String secret) {
        try {
            return new TokenHash(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** @throws IllegalArgumentException when it is not 64 hex digits */
    static TokenHash parse(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        if (octets.length != OCTETS) {
            throw new IllegalArgumentException("a SHA-256 is 64 hex digits, not " + hex.length());
        }
        return new TokenHash(octets);
    }

    /** Whether it is the same; how long that takes tells nothing about either. */
    boolean matches(TokenHash other) {
        return MessageDigest.isEqual(octets, other.octets);
    }
}
