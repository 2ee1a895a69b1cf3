package dev.pintle.server.guards;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory of large request heads on all connections. Without this budget, clients that send the largest
 * permitted heads exhaust a heap that fits as many ordinary requests. Safe for all threads.
 */
public final class HeadBudget {
    /**
     * The part of each head that {@link HeapBasedLimits} already includes in the cost of a request and a connection.
     */
    private static final int FREE_BYTES = 4 << 10;

    /**
     * The number of copies of each head byte on the heap during a request, for example in Jetty's URI, the path and the
     * upstream request. The measured number is 7.
     */
    private static final int COPIES = 8;

    private final long max;
    private final AtomicLong taken = new AtomicLong();

    /**
     * Creates a budget.
     *
     * @param max bytes of memory
     */
    public HeadBudget(long max) {
        this.max = max;
    }

    /** Returns whether a head of this size takes no memory of any budget. */
    public static boolean isFree(long headBytes) {
        return headBytes <= FREE_BYTES;
    }

    /** Returns the share of one head. It takes no memory until the head is large. */
    public Share share() {
        return new Share();
    }

    /** Returns the bytes of memory that all heads take now. */
    long taken() {
        return taken.get();
    }

    /** The share of one head, until its release. Safe for all threads. */
    public final class Share {
        private long cost;
        private boolean released;

        private Share() {}

        /**
         * Grows to the total memory of the head.
         *
         * @param headBytes the number of bytes of the head so far
         * @return false when the budget is exhausted; the share then stays unchanged
         */
        public synchronized boolean grow(long headBytes) {
            long more = Math.max(0, headBytes - FREE_BYTES) * COPIES - cost;
            if (more <= 0 || released) {
                return true;
            }
            if (taken.addAndGet(more) > max) {
                taken.addAndGet(-more);
                return false;
            }
            cost += more;
            return true;
        }

        /** Returns the memory to the budget. Only the first call has an effect. */
        public synchronized void release() {
            released = true;
            taken.addAndGet(-cost);
            cost = 0;
        }
    }
}
