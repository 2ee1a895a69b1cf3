package dev.pintle.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pintle.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a minute whether a password was right, because verifying costs about 0.1 s. The key of an entry is an HMAC
 * under a key of this process. It covers the stored hash, so a changed password is verified again at once.
 */
final class PasswordCache {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_ENTRIES = 10_000;
    /** Guesses of passwords must not take all processors. */
    private static final int MAX_VERIFICATIONS =
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final SecretKeySpec key;
    private final Cache<String, Boolean> results;
    private final Semaphore verifications = new Semaphore(MAX_VERIFICATIONS, true);

    PasswordCache(Ticker ticker) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        key = new SecretKeySpec(secret, ALGORITHM);
        results = Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfterWrite(Duration.ofMinutes(1))
                .ticker(ticker::nanos)
                .build();
    }

    /** Whether the password is right, from memory or by verifying it. */
    boolean isRight(String consumer, String password, String storedHash, BooleanSupplier verify) {
        String entry = hmac(consumer + '\0' + storedHash + '\0' + password);
        Boolean known = results.getIfPresent(entry);
        if (known != null) {
            return known;
        }
        verifications.acquireUninterruptibly();
        try {
            boolean right = verify.getAsBoolean();
            results.put(entry, right);
            return right;
        } finally {
            verifications.release();
        }
    }

    private String hmac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA-256", e);
        }
    }
}
