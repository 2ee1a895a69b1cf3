package dev.pintle.http;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends an exchange before its time: its client left, or the node shuts down. The thread of the exchange names what has to be
 * done to wake it up; any thread may cancel. Safe for all threads.
 */
public final class Cancellation {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Runnable action;
    private volatile @Nullable ExchangeException cause;

    /** A wait that an interrupt ends. */
    @FunctionalInterface
    public interface Wait<E extends Exception> {
        void run() throws E;
    }

    /** Cancels the exchange, for the first cause that is given, and runs the current action. */
    public void cancel(ExchangeException why) {
        lock.lock();
        try {
            if (cause == null) {
                cause = why;
                runAction();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Why the exchange is cancelled; null while it is not. */
    public @Nullable ExchangeException cause() {
        return cause;
    }

    /**
     * Throws if the exchange is cancelled.
     *
     * @throws ExchangeException the cause
     */
    public void check() {
        ExchangeException why = cause;
        if (why != null) {
            throw why;
        }
    }

    /**
     * Replaces the action. It runs once, on the thread that cancels, or in this call if the exchange is cancelled already. When
     * this call returns, the previous action does not run any more.
     *
     * @param next must neither block nor throw
     */
    public void onCancel(Runnable next) {
        replaceAction(next);
    }

    private void replaceAction(@Nullable Runnable next) {
        lock.lock();
        try {
            action = next;
            if (cause != null) {
                runAction();
            }
        } finally {
            lock.unlock();
        }
    }

    private void runAction() {
        if (action != null) {
            action.run();
        }
    }

    /** Waits in the current thread; a cancellation interrupts the wait, and leaves no interrupt behind. */
    public <E extends Exception> void interrupts(Wait<E> wait) throws E {
        onCancel(Thread.currentThread()::interrupt);
        try {
            wait.run();
        } finally {
            replaceAction(null);
            if (cause != null) {
                Thread.interrupted();
            }
        }
    }
}
