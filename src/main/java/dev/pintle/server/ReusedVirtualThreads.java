package dev.pintle.server;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
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

    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore places = new Semaphore(MAX_IDLE);

    @Override
    public void execute(Runnable task) {
        Worker worker = idle.pollFirst();
        if (worker == null) {
            Thread.ofVirtual().name("server").start(new Worker(task));
        } else {
            places.release();
            worker.pass(task);
        }
    }

    /** Ends the idle threads. Threads with a task end after it. */
    @Override
    protected void doStop() {
        for (Worker worker = idle.pollFirst(); worker != null; worker = idle.pollFirst()) {
            worker.pass(worker::end);
        }
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
            ended = true;
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
            if (!isRunning() || !places.tryAcquire()) {
                return false;
            }
            idle.addFirst(this);
            // The end of the others may have missed this one.
            return isRunning() || !idle.remove(this);
        }
    }
}
