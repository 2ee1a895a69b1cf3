package dev.pintle.admin.auth;

import dev.pintle.credentials.AuthFailureThrottle;
import dev.pintle.http.ClientNetwork;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Authenticates bearer tokens and throttles failed attempts per client network. A valid token always passes. Safe for
 * all threads.
 */
public final class TokenAuthenticator {
    private final AdminTokens tokens;
    private final AuthFailureThrottle throttle;
    /** Makes the check and the count of a failure atomic, so that concurrent attempts count one by one. */
    private final ReentrantLock lock = new ReentrantLock();

    public TokenAuthenticator(AdminTokens tokens, Ticker ticker) {
        this.tokens = tokens;
        this.throttle = new AuthFailureThrottle(ticker);
    }

    /**
     * Authenticates a request.
     *
     * @param network the client's network; failed attempts of one network count together
     * @param secret the bearer token; a missing token counts as a failed attempt
     */
    AuthResult authenticate(ClientNetwork network, Optional<String> secret) {
        return secret.flatMap(tokens::find)
                .<AuthResult>map(AuthResult.Authenticated::new)
                .orElseGet(() -> failed(network));
    }

    /** Counts a failed attempt of a network. */
    AuthResult failed(ClientNetwork client) {
        String network = client.text();
        lock.lock();
        try {
            Duration untilNext = throttle.untilNext(network);
            return untilNext.isPositive()
                    ? new AuthResult.Throttled(untilNext, throttle.throttle(network) == 1)
                    : new AuthResult.Rejected(throttle.use(network));
        } finally {
            lock.unlock();
        }
    }
}
