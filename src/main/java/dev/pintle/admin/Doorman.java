package dev.pintle.admin;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Knows the tokens, and lets nobody guess at them for long. Safe for all threads. */
final class Doorman {
    private final AdminTokens tokens;
    private final Patience patience;
    /** Looking and counting are one step, or a flood of guesses at the same moment would all be looked at. */
    private final ReentrantLock lock = new ReentrantLock();

    Doorman(AdminTokens tokens, Ticker ticker) {
        this.tokens = tokens;
        this.patience = new Patience(ticker);
    }

    /**
     * Whether a secret opens.
     *
     * @param network that the request comes from: those of one share their tries
     * @param secret none is as wrong as any
     */
    Admission hear(String network, Optional<String> secret) {
        lock.lock();
        try {
            Duration untilNext = patience.untilNext(network);
            if (untilNext.isPositive()) {
                return new Admission.TurnedAway(untilNext, patience.turnAway(network) == 1);
            }
            return secret.flatMap(tokens::openedBy)
                    .<Admission>map(Admission.Known::new)
                    .orElseGet(() -> new Admission.Stranger(patience.use(network)));
        } finally {
            lock.unlock();
        }
    }
}
