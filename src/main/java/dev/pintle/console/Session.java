package dev.pintle.console;

import java.time.Duration;
import java.time.Instant;

/**
 * The session of a browser, from sign-in to sign-out.
 *
 * @param id identifies the session on every node
 * @param token the name of the admin token that signed in
 * @param usedAt the time of the last renewal
 */
public record Session(String id, String token, Instant startedAt, Instant usedAt) {
    /** The longest time without a request. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** The longest time from sign-in. */
    public static final Duration LONGEST = Duration.ofHours(8);

    /** A session is renewed at most once in this time. */
    private static final Duration RENEWAL = Duration.ofMinutes(1);

    /** The time at which the session ends if no request renews it. */
    public Instant endsAt() {
        Instant idle = usedAt.plus(IDLE);
        Instant latest = latestEnd();
        return idle.isBefore(latest) ? idle : latest;
    }

    /** The time at which the session ends despite requests. */
    public Instant latestEnd() {
        return startedAt.plus(LONGEST);
    }

    boolean hasEnded(Instant now) {
        return !now.isBefore(endsAt());
    }

    /** Whether a request at this time renews the session. */
    public boolean isRenewable(Instant now) {
        return !now.isBefore(usedAt.plus(RENEWAL));
    }

    /** The session after a request. */
    public Session usedAt(Instant now) {
        return new Session(id, token, startedAt, now);
    }
}
