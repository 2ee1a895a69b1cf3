package dev.pintle.server;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Runs each task at once on a virtual thread, and keeps some threads for later tasks. A thread that has waited before
 * stores its stack in the same memory when it waits again. A new thread per request allocates that memory, about 8 KiB,
 * for each request. Safe for all threads.
 */
final class ReusedVirtualThreads extends AbstractLifeCycle implements Executor {
    /** Limits the memory of the stacks of idle threads to some MiB. */
    static final int MAX_IDLE = 256;

    /**
     * Ends a thread that was started before the JVM compiled its first frames. One frame that is interpreted makes each
     * wait of its thread slow.
     */
    private static final int MAX_TASKS = 1_000;

    private final AtomicReference<@Nullable Idle> latestIdle = new AtomicReference<>();

    /** An idle thread on the stack of them. Each entry is new, so that the stack cannot mistake it for an earlier one. */
    private record Idle(Worker worker, @Nullable Idle below, int size) {}

    @Override
    public void execute(Runnable task) {
        Idle idle = pop();
        if (idle == null) {
            Thread.ofVirtual().name("server").start(new Worker(task));
        } else {
            idle.worker.pass(task);
        }
    }

    /** Ends the idle threads. Threads with a task end after it. */
    @Override
    protected void doStop() {
        endIdle();
    }

    private void endIdle() {
        for (Idle idle = pop(); idle != null; idle = pop()) {
            idle.worker.end();
        }
    }

    private @Nullable Idle pop() {
        return latestIdle.getAndUpdate(top -> top == null ? null : top.below);
    }

    /** Returns false if enough threads are idle. */
    private boolean push(Worker worker) {
        Idle below = latestIdle.getAndUpdate(top -> size(top) == MAX_IDLE ? top : new Idle(worker, top, size(top) + 1));
        return size(below) < MAX_IDLE;
    }

    private static int size(@Nullable Idle top) {
        return top == null ? 0 : top.size;
    }

    /** A thread and its next task. */
    private final class Worker implements Runnable {
        private volatile @Nullable Runnable next;
        private volatile @Nullable Thread thread;
        private int tasks;
        private boolean ended;

        Worker(Runnable first) {
            next = first;
        }

        void pass(Runnable task) {
            next = task;
            LockSupport.unpark(thread);
        }

        void end() {
            pass(() -> ended = true);
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            do {
                await().run();
                forget();
                tasks++;
            } while (!ended && tasks < MAX_TASKS && keep());
        }

        private Runnable await() {
            Runnable task = next;
            while (task == null) {
                LockSupport.park(this);
                task = next;
            }
            next = null;
            return task;
        }

        /** Discards what a task left for its thread, so that the next task does not find it. */
        private void forget() {
            boolean _ = Thread.interrupted();
            MDC.clear();
        }

        /** Makes the thread available for a later task, unless enough are. */
        private boolean keep() {
            if (!isRunning() || !push(this)) {
                return false;
            }
            if (!isRunning()) {
                // The stop may have missed this thread.
                endIdle();
            }
            return true;
        }
    }
}
