package dev.pintle.policy.ratelimit;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * Caches the buckets of one rate limit by key, within the {@link BucketCapacity} of the node. Safe for all threads.
 *
 * <p>The cache evicts only full buckets, because a new bucket is full too. A client therefore gains nothing when it
 * floods the node with keys. New keys beyond the capacity share a few overflow buckets. A key that gets a bucket of its
 * own later keeps the level of its overflow bucket. A flood therefore costs new clients a part of their limit, and
 * known clients nothing.
 */
final class BucketCache {
    private static final int OVERFLOW_BUCKETS = 64;

    /** The number of buckets that the cache examines for each new one, so that it evicts as fast as it grows. */
    private static final int SWEEP_STEPS = 8;

    private final BucketCapacity capacity;
    private final BucketFactory factory;
    private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, TokenBucket> overflow = new ConcurrentHashMap<>();
    private final ReentrantLock sweeping = new ReentrantLock();
    private Iterator<Map.Entry<String, Bucket>> sweep =
            Map.<String, Bucket>of().entrySet().iterator();

    BucketCache(BucketCapacity capacity, BucketFactory factory) {
        this.capacity = capacity;
        this.factory = factory;
    }

    /** Takes a token from the bucket of a key, if it has one. */
    RateLimitDecision take(String key, LimitTerms terms, long now) {
        while (true) {
            evictFor(key, terms, now);
            Bucket bucket = of(key, terms, now);
            RateLimitDecision decision = bucket.take(terms, now);
            if (decision != null) {
                return decision;
            }
            forget(key, bucket);
        }
    }

    /** Returns the level of the bucket of a key; queries Redis for a distributed bucket. */
    BucketLevel level(String key, LimitTerms terms, long now) {
        return of(key, terms, now).sharedLevel(terms, now);
    }

    /** Fills the bucket of a key. */
    void reset(String key, LimitTerms terms, long now) {
        of(key, terms, now).reset(terms, now);
    }

    /** Evicts all full buckets. */
    void forgetFull(LimitTerms terms, long now) {
        buckets.forEach((key, bucket) -> forgetIfFull(key, bucket, terms, now));
        overflow.values().removeIf(bucket -> bucket.retire(terms, now));
    }

    boolean isEmpty() {
        return buckets.isEmpty() && overflow.isEmpty();
    }

    void forEach(BiConsumer<String, Bucket> action) {
        buckets.forEach(action);
    }

    /** Evicts some full buckets if a key needs a new one. It can evict buckets that the caller has not locked yet. */
    void evictFor(String key, LimitTerms terms, long now) {
        if (!buckets.containsKey(key)) {
            sweep(terms, now);
        }
    }

    /** Returns the bucket of a key. */
    Bucket of(String key, LimitTerms terms, long now) {
        Bucket known = buckets.get(key);
        return known == null ? create(key, terms, now) : known;
    }

    private Bucket create(String key, LimitTerms terms, long now) {
        int slot = Math.floorMod(key.hashCode(), OVERFLOW_BUCKETS);
        if (!capacity.take(buckets.size())) {
            TokenBucket shared =
                    overflow.computeIfAbsent(slot, any -> factory.overflow(new TokenLevel(terms.rate(), now)));
            return factory.overflowing(key, shared, new TokenLevel(terms.rate(), now));
        }
        TokenBucket shared = overflow.get(slot);
        Bucket created = factory.bucket(key, shared == null ? new TokenLevel(terms.rate(), now) : shared.copy());
        Bucket other = buckets.putIfAbsent(key, created);
        if (other == null) {
            return created;
        }
        capacity.release();
        return other;
    }

    private void sweep(LimitTerms terms, long now) {
        if (sweeping.tryLock()) {
            try {
                if (!sweep.hasNext()) {
                    sweep = buckets.entrySet().iterator();
                }
                for (int step = 0; step < SWEEP_STEPS && sweep.hasNext(); step++) {
                    Map.Entry<String, Bucket> entry = sweep.next();
                    forgetIfFull(entry.getKey(), entry.getValue(), terms, now);
                }
            } finally {
                sweeping.unlock();
            }
        }
    }

    private void forgetIfFull(String key, Bucket bucket, LimitTerms terms, long now) {
        if (bucket.retire(terms, now)) {
            forget(key, bucket);
        }
    }

    /** Removes a retired bucket. */
    void forget(String key, Bucket bucket) {
        if (buckets.remove(key, bucket)) {
            capacity.release();
        }
    }
}
