package dev.pintle.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pintle.credentials.AuthFailureThrottle;
import dev.pintle.credentials.Credential;
import dev.pintle.time.Ticker;
import java.time.Duration;

/**
 * Limits the guesses of API keys per client network. A key that the gateway created is exempt, because its 256 random bits cannot
 * be guessed. A key of another gateway can be short. It is exempt for a day after it was accepted, so that guesses lock out no
 * client of the same network. Safe for all threads.
 */
final class KeyGuesses {
    /** A client with a revoked key can send it many times before it stops. */
    static final int BURST = 100;

    private static final int MAX_ACCEPTED = 10_000;

    private final AuthFailureThrottle networks;
    private final Cache<String, Boolean> accepted;

    KeyGuesses(Ticker ticker) {
        networks = new AuthFailureThrottle(ticker, BURST);
        accepted = Caffeine.newBuilder()
                .maximumSize(MAX_ACCEPTED)
                .expireAfterWrite(Duration.ofDays(1))
                .ticker(ticker::nanos)
                .build();
    }

    /** Whether a matching key passes although its network has no guess left. */
    boolean isExempt(Credential key) {
        return key.kind() == Credential.Kind.KEY || accepted.getIfPresent(key.id()) != null;
    }

    /** The time until the next guess of a network; zero when it may come now. */
    Duration untilNext(String network) {
        return networks.untilNext(network);
    }

    /** Counts a wrong key. */
    void failed(String network) {
        networks.use(network);
    }

    void accepted(Credential key) {
        accepted.put(key.id(), true);
    }
}
