package dev.pintle.console;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Starts and finds the sessions of the console. Keeps no state, so that every node knows every session. */
public final class ConsoleSessions {
    private static final int ID_BYTES = 16;

    private final SessionKey key;
    private final Predicate<Session> signedOut;
    private final InstantSource clock;
    private final SecureRandom random;

    /** @param signedOut whether a session was signed out on any node */
    public ConsoleSessions(SessionKey key, Predicate<Session> signedOut, InstantSource clock, SecureRandom random) {
        this.key = key;
        this.signedOut = signedOut;
        this.clock = clock;
        this.random = random;
    }

    /** The result of looking up the value of a cookie. */
    public sealed interface Found {
        /** The session is valid. */
        record Active(Session session) implements Found {}

        /** The session was valid, and it timed out or was signed out. */
        record Ended() implements Found {}

        /** No node with the current tokens started such a session. */
        record Unknown() implements Found {}
    }

    /** Starts a session of an admin token. */
    public Session start(String token) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Instant now = now();
        return new Session(SessionKey.id(id), token, now, now);
    }

    /**
     * Finds the session of a cookie.
     *
     * @param fingerprints the fingerprint of each admin token, by name
     */
    public Found find(String cookie, Function<String, Optional<String>> fingerprints) {
        return key.read(cookie, fingerprints)
                .<Found>map(session -> isActive(session) ? new Found.Active(session) : new Found.Ended())
                .orElseGet(Found.Unknown::new);
    }

    /** Whether a session has neither timed out nor been signed out. */
    public boolean isActive(Session session) {
        return !session.hasEnded(now()) && !signedOut.test(session);
    }

    /** The session after a request of an operator; empty if it needs no new cookie yet. */
    public Optional<Session> renewed(Session session) {
        Instant now = now();
        return session.isRenewable(now) ? Optional.of(session.usedAt(now)) : Optional.empty();
    }

    /** The value of the cookie of a session. */
    public String cookie(Session session, String fingerprint) {
        return key.sign(session, fingerprint);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
