package dev.pintle.sync;

import java.util.concurrent.CountDownLatch;

/** Wakes up threads that wait for heartbeats of other nodes. Safe for all threads. */
final class HeartbeatSignal {
    private volatile CountDownLatch next = new CountDownLatch(1);

    /** A latch that opens with the next signal. */
    CountDownLatch next() {
        return next;
    }

    synchronized void raise() {
        CountDownLatch raised = next;
        next = new CountDownLatch(1);
        raised.countDown();
    }
}
