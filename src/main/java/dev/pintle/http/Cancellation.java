package dev.pintle.http;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Cancels an exchange whose client left, or that outlasts a shutdown. The thread of the exchange registers the action that
 * wakes it; any thread may cancel. Safe for all threads.
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

    /** Cancels the exchange and runs the current action. Only the first cause counts. */
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

    /** The cause of the cancellation; null while the exchange is active. */
    public @Nullable ExchangeException cause() {
        return cause;
    }

    /**
     * Throws if the exchange is canceled.
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
     * Replaces the action. It runs once, on the thread that cancels, or in this call if the exchange is already canceled. After
     * this call returns, the previous action does not run.
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

    /** Waits in the current thread. A cancellation interrupts the wait; the interrupt status is then cleared. */
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
