package dev.pintle.policy.ratelimit;

/**
 * Tokens that a node took in one call, to spend them without further calls. The leases of all nodes hold at most the
 * tokens that the bucket gains during the life of a lease. Times are in nanoseconds. Used by one thread at a time.
 */
final class TokenLease {
    /** The number of lives after which the rest of a lease can no longer return and is lost. */
    private static final int RETURNABLE_LIVES = 2;

    private long tokens;
    private long spent;
    private long takenAt;
    private long life;

    /** Starts a lease. An unreturned rest of the previous lease is lost. */
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

    /** Returns the unspent tokens. */
    long tokens() {
        return tokens;
    }

    /**
     * Returns the number of tokens to take next: the demand of one life at the current rate, at most twice the last
     * demand, and at least one.
     */
    long next(long now, long max) {
        double age = Math.max(1, now - takenAt);
        return Math.max(1, Math.min((long) (spent * life / age), Math.min(2 * spent, max)));
    }

    /**
     * Ends the lease.
     *
     * @return the tokens that return to the bucket
     */
    long giveBack(long now) {
        long rest = now - takenAt < RETURNABLE_LIVES * life ? tokens : 0;
        tokens = 0;
        return rest;
    }
}
