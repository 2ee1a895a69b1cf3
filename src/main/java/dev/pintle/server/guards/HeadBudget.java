package dev.pintle.server.guards;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that large request heads may take on all connections together. Without it, clients that send the largest head
 * allowed fill a heap that has room for as many ordinary requests. Safe for all threads.
 */
public final class HeadBudget {
    /** {@link HeapBasedLimits} counts this much of every head into what a request and a connection take. */
    private static final int FREE_BYTES = 4 << 10;

    /**
     * How often the heap holds each byte of a head while its request is answered: in Jetty's URI, in the path of the request, in
     * the request to the upstream, and so on. 7 were measured.
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

    /** What one head takes, until its release. Safe for all threads. */
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
