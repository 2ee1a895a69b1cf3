package dev.pintle.server.guards;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory of large request heads on all connections. Without it, clients that send the largest permitted
 * heads exhaust a heap that fits as many ordinary requests. Safe for all threads.
 */
public final class HeadBudget {
    /** {@link HeapBasedLimits} already includes this much of every head in the cost of a request and a connection. */
    private static final int FREE_BYTES = 4 << 10;

    /**
     * The number of copies of each head byte on the heap during a request: in Jetty's URI, the request's path, the
     * upstream request, and others. Measured: 7.
     */
    private static final int COPIES = 8;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** @param most bytes of memory */
    public HeadBudget(long most) {
        this.most = most;
    }

    /** The share of one head. It takes nothing until the head is large. */
    public Share share() {
        return new Share();
    }

    /** Bytes of memory that all heads take now. */
    long taken() {
        return taken.get();
    }

    /** The share of one head, until its release. Safe for all threads. */
    public final class Share {
        private long cost;
        private boolean released;

        private Share() {}

        /**
         * Takes what the head needs in all.
         *
         * @param headBytes how many bytes of the head came so far
         * @return false when the budget has no room for them; the share then takes what it took before
         */
        public synchronized boolean grow(long headBytes) {
            long more = Math.max(0, headBytes - FREE_BYTES) * COPIES - cost;
            if (more <= 0 || released) {
                return true;
            }
            if (taken.addAndGet(more) > most) {
                taken.addAndGet(-more);
                return false;
            }
            cost += more;
            return true;
        }

        /** Gives everything back. Only the first call has an effect. */
        public synchronized void release() {
            released = true;
            taken.addAndGet(-cost);
            cost = 0;
        }
    }
}
