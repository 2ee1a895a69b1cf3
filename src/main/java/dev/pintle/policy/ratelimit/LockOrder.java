package dev.pintle.policy.ratelimit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The order in which requests lock buckets, which prevents deadlocks. The bucket of a whole route comes last, so that a
 * request does not hold it while it waits for the bucket of its client. Safe for all threads.
 */
final class LockOrder {
    private static final long LAST = Long.MAX_VALUE / 2;

    private final AtomicLong created = new AtomicLong();

    /** Returns the position of a new bucket. */
    long next(String key) {
        return created.incrementAndGet() + (key.equals(RouteLimitKey.BUCKET) ? LAST : 0);
    }
}
