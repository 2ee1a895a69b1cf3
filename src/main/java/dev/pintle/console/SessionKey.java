package dev.pintle.console;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs sessions into the values of cookies, and reads them back. All nodes with the same admin token have the same
 * key, so that a session is valid on each of them without a database. Safe for all threads.
 */
public final class SessionKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SEPARATOR = ":";
    private static final int PARTS = 5;

    private final SecretKeySpec key;

    private SessionKey(SecretKeySpec key) {
        this.key = key;
    }

    /** Derives the key from the admin token of the node. */
    public static SessionKey of(String adminToken) {
        SecretKeySpec secret = new SecretKeySpec(adminToken.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        return new SessionKey(new SecretKeySpec(mac(secret, "pintle console session"), ALGORITHM));
    }

    /**
     * Signs a session.
     *
     * @param fingerprint of the admin token, so that the session ends when the token gets another secret
     */
    public String sign(Session session, String fingerprint) {
        String fields = String.join(
                SEPARATOR,
                session.token(),
                session.id(),
                Long.toString(session.startedAt().getEpochSecond()),
                Long.toString(session.usedAt().getEpochSecond()));
        return fields + SEPARATOR + signature(fields, fingerprint);
    }

    /**
     * Reads a signed session.
     *
     * @param fingerprints the fingerprint of each admin token, by name
     * @return empty if the value was not signed with this key and the current secret of the token
     */
    public Optional<Session> read(String value, Function<String, Optional<String>> fingerprints) {
        String[] parts = value.split(SEPARATOR, -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        String fields = value.substring(0, value.lastIndexOf(SEPARATOR));
        return fingerprints
                .apply(parts[0])
                .filter(fingerprint -> equal(signature(fields, fingerprint), parts[PARTS - 1]))
                .map(fingerprint -> new Session(parts[1], parts[0], instant(parts[2]), instant(parts[3])));
    }

    /** Only called on signed values. */
    private static Instant instant(String seconds) throws DateTimeException {
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String fields, String fingerprint) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key, fields + SEPARATOR + fingerprint));
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** The form of a session id. */
    static String id(byte[] random) {
        return HexFormat.of().formatHex(random);
    }
}
