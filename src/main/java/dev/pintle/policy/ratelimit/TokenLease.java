package dev.pintle.policy.ratelimit;

/**
 * The tokens that a node took in one call, to spend them by itself and soon: what all nodes can hold is no more than what
 * falls into the bucket during the life of a lease. Times are in nanoseconds. Used by one thread at a time.
 */
final class TokenLease {
    /** A rest goes back until a lease is so many times its life old; later it is lost. */
    private static final int RETURNABLE = 2;

    private long tokens;
    private long spent;
    private long takenAt;
    private long life;

    /** So many tokens more than none; the first of them is spent at once. What was left before is gone. */
    void renew(long granted, long now, long lifetime) {
        tokens = granted - 1;
        spent = 1;
        takenAt = now;
        life = lifetime;
    }

    /** Spends a token, if there is one. */
    boolean spend(long now) {
        if (tokens == 0 || now - takenAt >= life) {
            return false;
        }
        tokens--;
        spent++;
        return true;
    }

    /** Tokens that are not spent. */
    long tokens() {
        return tokens;
    }

    /** How many to take next: what will be spent during a life if all goes on like this, but no sudden leap, and at least one. */
    long next(long now, long most) {
        double age = Math.max(1, now - takenAt);
        return Math.max(1, Math.min((long) (spent * life / age), Math.min(2 * spent, most)));
    }

    /** Hands over what can go back to the bucket. */
    long giveBack(long now) {
        long rest = now - takenAt < RETURNABLE * life ? tokens : 0;
        tokens = 0;
        return rest;
    }
}
