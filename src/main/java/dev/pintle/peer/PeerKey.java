package dev.pintle.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key that all nodes with the same admin token share. The token itself never travels. A request proves the key for a
 * nonce, and the head of the answer does. The answer is encrypted (AES-GCM) with a key for the same nonce: only a node with the
 * token can read it, and only such a node can have sent it. Safe for all threads.
 */
public final class PeerKey {
    private static final String MAC = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final byte[] SALT = "pintle peer 1".getBytes(StandardCharsets.UTF_8);
    /** Slows down guesses of a weak token by a peer that received a proof (OWASP's number for PBKDF2-HMAC-SHA256). */
    private static final int ITERATIONS = 600_000;

    private static final int KEY_BITS = 256;
    private static final int NONCE_BYTES = 16;
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String adminToken;
    private final SecureRandom random;
    private byte @Nullable [] stretched;

    public PeerKey(String adminToken, SecureRandom random) {
        this.adminToken = adminToken;
        this.random = random;
    }

    /** Computes the key now instead of at its first use. */
    public void derive() {
        mac("");
    }

    /** A new nonce for one request. */
    String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /** The proof that the sender of a request has the key. */
    String proof(String nonce) {
        return text(mac("request " + nonce));
    }

    boolean proves(String nonce, String proof) {
        return isEqual(proof(nonce), proof);
    }

    /** The proof that the sender of an answer has the key. It is no key of the encryption. */
    String answerProof(String nonce) {
        return text(mac("head of the answer " + nonce));
    }

    boolean answerProves(String nonce, String proof) {
        return isEqual(answerProof(nonce), proof);
    }

    private static String text(byte[] mac) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    private static boolean isEqual(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
    }

    /** Encrypts the answer to a request. */
    byte[] seal(String nonce, byte[] content) {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, iv).doFinal(content);
            return ByteBuffer.allocate(IV_BYTES + sealed.length)
                    .put(iv)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    /**
     * Decrypts the answer to a request.
     *
     * @throws GeneralSecurityException when no holder of the key sealed it for this request
     */
    byte[] open(String nonce, byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < IV_BYTES) {
            throw new GeneralSecurityException("the answer is too short");
        }
        return cipher(Cipher.DECRYPT_MODE, nonce, Arrays.copyOf(sealed, IV_BYTES))
                .doFinal(sealed, IV_BYTES, sealed.length - IV_BYTES);
    }

    private Cipher cipher(int mode, String nonce, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(mac("answer " + nonce), "AES"), new GCMParameterSpec(TAG_BITS, iv));
        return cipher;
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(stretched(), MAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    /** Computed at the first use, because it takes a fraction of a second. */
    private synchronized byte[] stretched() throws GeneralSecurityException {
        byte[] key = stretched;
        if (key == null) {
            PBEKeySpec spec = new PBEKeySpec(adminToken.toCharArray(), SALT, ITERATIONS, KEY_BITS);
            key = SecretKeyFactory.getInstance("PBKDF2With" + MAC)
                    .generateSecret(spec)
                    .getEncoded();
            stretched = key;
        }
        return key;
    }
}
