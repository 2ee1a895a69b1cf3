package dev.pintle.policy.ratelimit;

import org.jspecify.annotations.Nullable;

/**
 * The share of a bucket that this node enforces while Redis is unavailable, with the number of spent tokens. The share
 * starts at the level of the bucket, in proportion. Used under the lock of the bucket.
 */
final class NodeShare {
    private final boolean permanent;
    private @Nullable TokenLevel level;
    private long spent;

    NodeShare() {
        this.permanent = false;
    }

    /** Creates a share that several keys use. It keeps its level when Redis is available again. */
    NodeShare(TokenLevel level) {
        this.permanent = true;
        this.level = level;
    }

    /**
     * Returns the level of the share.
     *
     * @param rate of the share
     * @param mirror the level of the bucket, the initial level of a new share
     */
    TokenLevel level(Rate rate, TokenLevel mirror, long now) {
        if (level == null) {
            level = mirror.copy();
        }
        level.advance(rate, now);
        return level;
    }

    /** Records that the node has spent a token. */
    void spend(TokenLevel from) {
        from.take();
        spent++;
    }

    /** Reverts the last {@link #spend}. */
    void putBack() {
        if (level != null) {
            level.putBack();
        }
        spent = Math.max(0, spent - 1);
    }

    /**
     * Returns the number of tokens that Redis does not know about. Tokens that the share has regained count as settled.
     */
    long unsettled() {
        return level == null ? 0 : Math.min(spent, level.missing());
    }

    /**
     * Returns the upper bound of the level if all nodes spent as many tokens as this one.
     *
     * @param rate of the whole bucket
     * @param otherwise the result if this node has spent nothing
     */
    long extrapolated(Rate rate, long now, long otherwise) {
        if (level == null || spent == 0) {
            return otherwise;
        }
        TokenLevel whole = level.copy();
        whole.advance(rate, now);
        return whole.tokensRoundedUp();
    }

    /** Records that Redis knows about all spent tokens. */
    void settle() {
        spent = 0;
        if (!permanent) {
            level = null;
        }
    }

    /** Restarts with a full share. */
    void reset() {
        settle();
        if (level != null) {
            level.fill();
        }
    }
}
