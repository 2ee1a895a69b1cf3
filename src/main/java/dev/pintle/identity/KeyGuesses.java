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
    /** Permits many attempts, because a client whose key was revoked can repeat it for a while. */
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

    /** Returns whether a matching key passes although its network reached the limit. */
    boolean isExempt(Credential key) {
        return key.kind() == Credential.Kind.KEY || accepted.getIfPresent(key.id()) != null;
    }

    /** Returns the time until the network may try another key; zero when it may try now. */
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
