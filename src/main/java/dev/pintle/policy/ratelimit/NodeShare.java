package dev.pintle.policy.ratelimit;

import org.jspecify.annotations.Nullable;

/**
 * The share of a bucket that this node enforces while Redis is unavailable, with a record of what it has spent. The share starts as
 * full as the bucket was, in proportion. Used under the lock of the bucket.
 */
final class NodeShare {
    private final boolean permanent;
    private @Nullable TokenLevel level;
    private long spent;

    NodeShare() {
        this.permanent = false;
    }

    /** A share that several keys use together. It keeps its level when Redis answers. */
    NodeShare(TokenLevel level) {
        this.permanent = true;
        this.level = level;
    }

    /**
     * The level of the share.
     *
     * @param rate of the share
     * @param mirror the level of the bucket, for a share that starts now
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

    /** Takes the last {@link #spend} back. */
    void putBack() {
        if (level != null) {
            level.putBack();
        }
        spent = Math.max(0, spent - 1);
    }

    /** Tokens that Redis does not know of yet. What the share has regained since counts as settled. */
    long unsettled() {
        return level == null ? 0 : Math.min(spent, level.missing());
    }

    /**
     * The most tokens that the bucket can have, if the other nodes have spent as this one.
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

    /** Redis knows what the node has spent. */
    void settle() {
        spent = 0;
        if (!permanent) {
            level = null;
        }
    }

    /** Starts again, full. */
    void reset() {
        settle();
        if (level != null) {
            level.fill();
        }
    }
}
