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
 * Verifies passwords, and throttles guesses. Remembers for a minute whether a password was right, because verifying costs about 0.1 s. The key of an entry is an HMAC
 * under a key of this process. It covers the stored hash, so a changed password is verified again at once.
 *
 * <p>A pair of name and password that was right is remembered for a day. It is never throttled, so that guesses lock out no client
 * that signed in before.
 */
final class PasswordCache {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_ENTRIES = 10_000;
    /** Guesses of passwords must not take all processors. */
    private static final int MAX_VERIFICATIONS =
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final SecretKeySpec key;
    private final Cache<String, Boolean> results;
    private final Cache<String, Boolean> known;
    private final PasswordThrottle throttle;
    private final Semaphore verifications = new Semaphore(MAX_VERIFICATIONS, true);

    PasswordCache(Ticker ticker) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        key = new SecretKeySpec(secret, ALGORITHM);
        results = cache(Duration.ofMinutes(1), ticker);
        known = cache(Duration.ofDays(1), ticker);
        throttle = new PasswordThrottle(ticker);
    }

    private static Cache<String, Boolean> cache(Duration age, Ticker ticker) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfterWrite(age)
                .ticker(ticker::nanos)
                .build();
    }

    /**
     * Compares a password from memory or by verifying it.
     *
     * @param network of the client; guesses of one network count together
     */
    PasswordCheck check(String network, String consumer, String password, String storedHash, BooleanSupplier verify) {
        String entry = hmac(consumer + '\0' + storedHash + '\0' + password);
        Boolean remembered = results.getIfPresent(entry);
        if (remembered != null) {
            return PasswordCheck.of(remembered);
        }
        boolean isKnown = known.getIfPresent(entry) != null;
        Duration untilNext = isKnown ? Duration.ZERO : throttle.untilNext(network, consumer);
        if (untilNext.isPositive()) {
            return PasswordCheck.throttled(untilNext);
        }
        verifications.acquireUninterruptibly();
        try {
            // Other guesses may have failed while this one waited.
            Duration stillUntilNext = isKnown ? Duration.ZERO : throttle.untilNext(network, consumer);
            return stillUntilNext.isPositive()
                    ? PasswordCheck.throttled(stillUntilNext)
                    : verified(network, consumer, entry, verify);
        } finally {
            verifications.release();
        }
    }

    private PasswordCheck verified(String network, String consumer, String entry, BooleanSupplier verify) {
        boolean right = verify.getAsBoolean();
        results.put(entry, right);
        if (right) {
            known.put(entry, true);
        } else {
            throttle.failed(network, consumer);
        }
        return PasswordCheck.of(right);
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
