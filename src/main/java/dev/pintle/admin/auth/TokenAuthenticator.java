package dev.pintle.admin.auth;

import dev.pintle.http.ClientNetwork;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Knows the tokens, and lets nobody guess at them for long. Safe for all threads. */
public final class TokenAuthenticator {
    private final AdminTokens tokens;
    private final AuthFailureThrottle patience;
    /** Looking and counting are one step, or a flood of guesses at the same moment would all be looked at. */
    private final ReentrantLock lock = new ReentrantLock();

    public TokenAuthenticator(AdminTokens tokens, Ticker ticker) {
        this.tokens = tokens;
        this.patience = new AuthFailureThrottle(ticker);
    }

    /**
     * Whether a secret opens.
     *
     * @param network that the request comes from: those of one share their tries
     * @param secret none is as wrong as any
     */
    AuthResult hear(ClientNetwork network, Optional<String> secret) {
        lock.lock();
        try {
            Duration untilNext = patience.untilNext(network.text());
            if (untilNext.isPositive()) {
                return new AuthResult.Throttled(untilNext, patience.turnAway(network.text()) == 1);
            }
            return secret.flatMap(tokens::openedBy)
                    .<AuthResult>map(AuthResult.Authenticated::new)
                    .orElseGet(() -> new AuthResult.Rejected(patience.use(network.text())));
        } finally {
            lock.unlock();
        }
    }
}
