package dev.pintle.http;

import org.jspecify.annotations.Nullable;

/**
 * Cancels an exchange whose client left, or that outlasts a shutdown. The thread of the exchange registers the action that
 * wakes it; any thread may cancel. Safe for all threads.
 */
public final class Cancellation {
    private @Nullable Runnable action;
    private volatile @Nullable ExchangeException cause;

    /** A wait that an interrupt ends. */
    @FunctionalInterface
    public interface Wait<E extends Exception> {
        void run() throws E;
    }

    /** Cancels the exchange and runs the current action. Only the first cause counts. */
    public synchronized void cancel(ExchangeException why) {
        if (cause == null) {
            cause = why;
            runAction();
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

    private synchronized void replaceAction(@Nullable Runnable next) {
        action = next;
        if (cause != null) {
            runAction();
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
