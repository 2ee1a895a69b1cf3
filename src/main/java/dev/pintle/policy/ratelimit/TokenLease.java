package dev.pintle.policy.ratelimit;

/**
 * The tokens that a node has taken in one call, to spend them by itself and soon. What all nodes can hold is at most what comes into
 * the bucket during the life of a lease. Times are in nanoseconds. Used by one thread at a time.
 */
final class TokenLease {
    /** The rest of a lease can go back until the lease is so many times its life old. After that, it is lost. */
    private static final int RETURNABLE_LIVES = 2;

    private long tokens;
    private long spent;
    private long takenAt;
    private long life;

    /** Starts a lease. The rest of the one before is lost, if it was not returned. */
    void renew(long granted, long now, long lifetime) {
        tokens = granted;
        spent = 0;
        takenAt = now;
        life = lifetime;
    }

    boolean hasToken(long now) {
        return tokens > 0 && now - takenAt < life;
    }

    void spend() {
        tokens--;
        spent++;
    }

    void putBack() {
        tokens++;
        spent = Math.max(0, spent - 1);
    }

    /** Tokens that are not spent. */
    long tokens() {
        return tokens;
    }

    /** How many tokens to take next: as many as a life needs at this pace, at most twice as many as last time, and at least one. */
    long next(long now, long most) {
        double age = Math.max(1, now - takenAt);
        return Math.max(1, Math.min((long) (spent * life / age), Math.min(2 * spent, most)));
    }

    /** Ends the lease, and returns the tokens that can go back to the bucket. */
    long giveBack(long now) {
        long rest = now - takenAt < RETURNABLE_LIVES * life ? tokens : 0;
        tokens = 0;
        return rest;
    }
}
