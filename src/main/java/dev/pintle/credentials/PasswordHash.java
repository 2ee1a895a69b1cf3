package dev.pintle.credentials;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A slow hash of a password (PBKDF2 with HMAC-SHA-512), as text: {@code pbkdf2-sha512:ITERATIONS:SALT:HASH}. */
public final class PasswordHash {
    /** OWASP's recommendation for PBKDF2 with HMAC-SHA-512. */
    private static final int ITERATIONS = 210_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final String NAME = "pbkdf2-sha512";

    /** Costs as much as any other hash and matches no password. */
    static final String NEVER = text(ITERATIONS, new byte[SALT_BYTES], new byte[HASH_BITS / 8]);

    private PasswordHash() {}

    /** Hashes a password; takes about 0.1 s. */
    public static String of(String password, RandomGenerator random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return text(ITERATIONS, salt, derive(password, salt, ITERATIONS));
    }

    /** Whether a password has this hash; takes about 0.1 s. */
    static boolean matches(String hash, String password) {
        String[] parts = hash.split(":", -1);
        if (parts.length != 4 || !parts[0].equals(NAME)) {
            return false;
        }
        byte[] derived = derive(password, HexFormat.of().parseHex(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(derived, HexFormat.of().parseHex(parts[3]));
    }

    private static String text(int iterations, byte[] salt, byte[] hash) {
        HexFormat hex = HexFormat.of();
        return NAME + ':' + iterations + ':' + hex.formatHex(salt) + ':' + hex.formatHex(hash);
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has PBKDF2 with HMAC-SHA-512", e);
        } finally {
            spec.clearPassword();
        }
    }
}
