package dev.pintle.policy.ratelimit;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * The buckets of one route by their keys, within the {@link BucketCapacity} of the node. Safe for all threads.
 *
 * <p>A bucket is forgotten only when it is full, for a full one is what its key would be given anyway: nobody gains by
 * flooding the node with keys. New keys that find no space share a few overflow buckets, and a key that leaves those for a
 * bucket of its own takes their level along. So a flood costs new clients a part of their allowance, and known ones nothing.
 */
final class BucketCache {
    private static final int OVERFLOW = 64;

    /** How many buckets are looked at for each that is made, so that forgetting keeps up with making. */
    private static final int LOOKS = 8;

    private final BucketCapacity space;
    private final Maker maker;
    private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, TokenBucket> overflow = new ConcurrentHashMap<>();
    private final ReentrantLock sweeping = new ReentrantLock();
    private Iterator<Map.Entry<String, Bucket>> sweep =
            Map.<String, Bucket>of().entrySet().iterator();

    BucketCache(BucketCapacity space, Maker maker) {
        this.space = space;
        this.maker = maker;
    }

    /** Takes a token from the bucket of a key, if there is one. */
    RateLimitDecision take(String key, Rate rate, long now) {
        while (true) {
            Bucket bucket = of(key, rate, now);
            RateLimitDecision decision = bucket.take(rate, now);
            if (decision != null) {
                return decision;
            }
            forget(key, bucket);
        }
    }

    /** What the bucket of a key holds. */
    BucketLevel level(String key, Rate rate, long now) {
        return of(key, rate, now).ask(rate, now);
    }

    /** Fills the bucket of a key. */
    void reset(String key, Rate rate, long now) {
        of(key, rate, now).reset(rate, now);
    }

    /** Forgets all full buckets. */
    void forgetFull(Rate rate, long now) {
        buckets.forEach((key, bucket) -> forgetIfFull(key, bucket, rate, now));
        overflow.values().removeIf(bucket -> bucket.retire(rate, now));
    }

    boolean isEmpty() {
        return buckets.isEmpty() && overflow.isEmpty();
    }

    void forEach(BiConsumer<String, Bucket> action) {
        buckets.forEach(action);
    }

    private Bucket of(String key, Rate rate, long now) {
        Bucket known = buckets.get(key);
        return known == null ? fresh(key, rate, now) : known;
    }

    private Bucket fresh(String key, Rate rate, long now) {
        sweep(rate, now);
        int shelf = Math.floorMod(key.hashCode(), OVERFLOW);
        if (!space.take(buckets.size())) {
            TokenBucket shared = overflow.computeIfAbsent(shelf, any -> new TokenBucket(rate, now));
            return maker.make(key, new TokenBucket(rate, now), shared);
        }
        TokenBucket shared = overflow.get(shelf);
        TokenBucket own = shared == null ? new TokenBucket(rate, now) : shared.copy();
        Bucket fresh = maker.make(key, own, own);
        Bucket other = buckets.putIfAbsent(key, fresh);
        if (other == null) {
            return fresh;
        }
        space.release();
        return other;
    }

    private void sweep(Rate rate, long now) {
        if (sweeping.tryLock()) {
            try {
                if (!sweep.hasNext()) {
                    sweep = buckets.entrySet().iterator();
                }
                for (int looks = 0; looks < LOOKS && sweep.hasNext(); looks++) {
                    Map.Entry<String, Bucket> entry = sweep.next();
                    forgetIfFull(entry.getKey(), entry.getValue(), rate, now);
                }
            } finally {
                sweeping.unlock();
            }
        }
    }

    private void forgetIfFull(String key, Bucket bucket, Rate rate, long now) {
        if (bucket.retire(rate, now)) {
            forget(key, bucket);
        }
    }

    private void forget(String key, Bucket bucket) {
        if (buckets.remove(key, bucket)) {
            space.release();
        }
    }

    /** Makes the bucket of a key. */
    interface Maker {
        /**
         * The bucket of a key.
         *
         * @param mirror of the bucket that others may keep for the key
         * @param own what this node draws from when it counts alone; may serve several keys
         */
        Bucket make(String key, TokenBucket mirror, TokenBucket own);
    }
}
