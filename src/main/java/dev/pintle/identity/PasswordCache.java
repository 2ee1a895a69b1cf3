package dev.pintle.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pintle.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Verifies passwords, and throttles guesses. Verifying costs about 0.1 s, so it remembers right passwords for a day and
 * wrong ones for a minute. The key of an entry is an HMAC under a key of this process. It covers the stored hash, so a
 * changed password is verified again at once.
 *
 * <p>Requests with the same password share its verification while it runs, and do not count as waiting.
 *
 * <p>A remembered pair of name and password is never throttled and never waits, so that guesses lock out no client that
 * signed in before.
 */
final class PasswordCache {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_ENTRIES = 10_000;
    /** Guesses of passwords must not take all processors. */
    static final int MAX_VERIFICATIONS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** Guesses of passwords must not take all places of a route: these wait for ten seconds at most. */
    static final int MAX_WAITING = 100 * MAX_VERIFICATIONS;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final SecretKeySpec key;
    private final Cache<String, Boolean> right;
    private final Cache<String, Boolean> wrong;
    private final PasswordThrottle throttle;
    private final Semaphore verifications = new Semaphore(MAX_VERIFICATIONS, true);
    private final ConcurrentMap<String, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();

    PasswordCache(Ticker ticker) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        key = new SecretKeySpec(secret, ALGORITHM);
        right = cache(Duration.ofDays(1), ticker);
        wrong = cache(Duration.ofMinutes(1), ticker);
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
        Boolean known = known(entry);
        if (known != null) {
            return PasswordCheck.of(known);
        }
        Duration untilNext = throttle.untilNext(network, consumer);
        if (untilNext.isPositive()) {
            return PasswordCheck.throttled(untilNext);
        }
        CompletableFuture<Boolean> other = running.get(entry);
        if (other != null) {
            return PasswordCheck.of(other.join());
        }
        if (verifications.getQueueLength() >= MAX_WAITING) {
            return PasswordCheck.throttled(RETRY);
        }
        verifications.acquireUninterruptibly();
        try {
            // Other requests with this password, or other guesses, may have been verified while this one waited.
            Boolean verified = known(entry);
            if (verified != null) {
                return PasswordCheck.of(verified);
            }
            Duration stillUntilNext = throttle.untilNext(network, consumer);
            return stillUntilNext.isPositive()
                    ? PasswordCheck.throttled(stillUntilNext)
                    : PasswordCheck.of(shared(entry, () -> isRight(network, consumer, entry, verify)));
        } finally {
            verifications.release();
        }
    }

    /** Whether a remembered password is right; null for one that is not remembered. */
    private @Nullable Boolean known(String entry) {
        if (right.getIfPresent(entry) != null) {
            return true;
        }
        return wrong.getIfPresent(entry) == null ? null : Boolean.FALSE;
    }

    /** Runs a verification, unless another request runs it already. */
    private boolean shared(String entry, Supplier<Boolean> verification) {
        CompletableFuture<Boolean> own = new CompletableFuture<>();
        CompletableFuture<Boolean> other = running.putIfAbsent(entry, own);
        if (other != null) {
            return other.join();
        }
        try {
            return own.completeAsync(verification, Runnable::run).join();
        } finally {
            running.remove(entry);
        }
    }

    private boolean isRight(String network, String consumer, String entry, BooleanSupplier verify) {
        // Another request may have completed the verification a moment ago.
        Boolean known = known(entry);
        if (known != null) {
            return known;
        }
        boolean isRight = verify.getAsBoolean();
        if (isRight) {
            right.put(entry, true);
        } else {
            wrong.put(entry, true);
            throttle.failed(network, consumer);
        }
        return isRight;
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
