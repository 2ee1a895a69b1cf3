package dev.pintle.server;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A socket that rarely reschedules its idle check. The server sets a shorter idle timeout during each request, and Jetty then cancels
 * and schedules the check each time. This end point does so only when the scheduled check would be too late. A timeout that changes
 * during a check may apply one check later. Safe for all threads.
 */
abstract class LazyIdleEndPoint extends SocketChannelEndPoint {
    private volatile long timeoutMillis;

    /** When Jetty checks next, as a {@link NanoTime}. */
    private volatile long nextCheck;

    LazyIdleEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    @Override
    public long getIdleTimeout() {
        return timeoutMillis;
    }

    @Override
    public void setIdleTimeout(long millis) {
        long before = timeoutMillis;
        timeoutMillis = millis;
        if (before <= 0 || (millis < before && isCheckedTooLateFor(millis))) {
            // Jetty schedules a check only for a timeout that is shorter than the last one, or that follows none.
            super.setIdleTimeout(0);
            super.setIdleTimeout(millis);
        }
    }

    private boolean isCheckedTooLateFor(long millis) {
        return NanoTime.millisUntil(nextCheck) > millis - getIdleFor();
    }

    /** Jetty schedules the next check for the time that is left, which is none after an expiry. */
    @Override
    protected long checkIdleTimeout() {
        long left = super.checkIdleTimeout();
        nextCheck = NanoTime.now() + TimeUnit.MILLISECONDS.toNanos(left > 0 ? left : timeoutMillis);
        return left;
    }
}
