package dev.pintle.policy.ratelimit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The order in which a request locks buckets, so that no two requests wait for each other. A bucket that all requests of a route
 * share comes last: a request does not hold it while it waits for the bucket of its client. Safe for all threads.
 */
final class LockOrder {
    private static final long LAST = Long.MAX_VALUE / 2;

    private final AtomicLong created = new AtomicLong();

    /** The place of a new bucket. */
    long next(String key) {
        return created.incrementAndGet() + (key.equals(RouteLimitKey.BUCKET) ? LAST : 0);
    }
}
