package dev.pintle.policy.ratelimit;

import java.util.concurrent.locks.ReentrantLock;

/** Creates the buckets of one rate limit. Safe for all threads. */
interface BucketFactory {
    /**
     * Creates the bucket of a key.
     *
     * @param level the initial level
     */
    Bucket bucket(String key, TokenLevel level);

    /**
     * Creates the bucket of a key for one request when the node is out of capacity.
     *
     * @param overflow the bucket that such keys share on this node
     * @param full the level of a full bucket
     */
    Bucket overflowing(String key, TokenBucket overflow, TokenLevel full);

    /** Creates a bucket that keys share when the node is out of capacity. */
    TokenBucket overflow(TokenLevel full);

    /** Buckets in this process. */
    record Local(LockOrder order) implements BucketFactory {
        @Override
        public Bucket bucket(String key, TokenLevel level) {
            return new TokenBucket(level, order.next(key));
        }

        @Override
        public Bucket overflowing(String key, TokenBucket overflow, TokenLevel full) {
            return overflow;
        }

        @Override
        public TokenBucket overflow(TokenLevel full) {
            return new TokenBucket(full, order.next(""));
        }
    }

    /** Buckets in Redis. */
    record Distributed(LockOrder order, RedisBackend backend, String scope, String limit) implements BucketFactory {
        @Override
        public Bucket bucket(String key, TokenLevel level) {
            return new DistributedTokenBucket(
                    address(key), backend, new ReentrantLock(), order.next(key), level, new NodeShare());
        }

        @Override
        public Bucket overflowing(String key, TokenBucket overflow, TokenLevel full) {
            return new DistributedTokenBucket(
                    address(key),
                    backend,
                    overflow.mutex(),
                    overflow.order(),
                    full,
                    new NodeShare(overflow.contents()));
        }

        @Override
        public TokenBucket overflow(TokenLevel full) {
            return new TokenBucket(full, order.next(""));
        }

        private BucketAddress address(String key) {
            return new BucketAddress(scope, limit, key);
        }
    }
}
