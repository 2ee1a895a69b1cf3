package dev.pintle.identity;

import dev.pintle.credentials.AuthFailureThrottle;
import dev.pintle.time.Ticker;
import java.time.Duration;

/**
 * Limits the guesses of passwords per client network and per consumer. The consumer has more, because guesses from many networks
 * must not keep its own clients out. Safe for all threads.
 */
final class PasswordThrottle {
    static final int PER_NETWORK = 10;
    static final int PER_CONSUMER = 100;

    private final AuthFailureThrottle networks;
    private final AuthFailureThrottle consumers;

    PasswordThrottle(Ticker ticker) {
        networks = new AuthFailureThrottle(ticker, PER_NETWORK);
        consumers = new AuthFailureThrottle(ticker, PER_CONSUMER);
    }

    /** The time until the next guess; zero when it may come now. */
    Duration untilNext(String network, String consumer) {
        Duration first = networks.untilNext(network);
        Duration second = consumers.untilNext(consumer);
        return first.compareTo(second) > 0 ? first : second;
    }

    /** Counts a wrong guess. */
    void failed(String network, String consumer) {
        networks.use(network);
        consumers.use(consumer);
    }
}
