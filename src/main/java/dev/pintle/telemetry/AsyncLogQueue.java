package dev.pintle.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AsyncAppenderBase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Passes lines to a logger's appenders without ever waiting for them. It collects lines and passes them on fifty times
 * a second:
 * to wake another thread for each line costs more than to write it. The lines that wait here and in the appenders'
 * queues have
 * a bound in number and in bytes, so that a console that blocks cannot fill the heap. A line that finds no room is
 * dropped and
 * counted. Safe for all threads.
 */
final class AsyncLogQueue implements AutoCloseable {
    /** Lines; some tenths of a second at the rate that a node of two cores can serve. */
    static final int ROOM = 8_192;

    /** The memory of a line in addition to its text. */
    private static final int LINE_BYTES = 256;

    private static final long ROUND_NANOS = Duration.ofMillis(20).toNanos();
    private static final long HELD_UP_NANOS = Duration.ofMillis(1).toNanos();
    private static final Duration LAST_ROUND = Duration.ofSeconds(1);

    private final Logger logger;
    private final List<AsyncAppenderBase<?>> queues;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(ROOM);
    private final LongAdder dropped = new LongAdder();
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    /** The sizes of the lines that were passed on last, the oldest first. Used by the thread. */
    private final Deque<Integer> passedOn = new ArrayDeque<>();

    private final Thread thread;
    private volatile boolean closed;

    /**
     * A queue for the appenders that the logger has now.
     *
     * @param maxBytes of the lines that wait, here and in the appenders' queues
     */
    AsyncLogQueue(Logger logger, long maxBytes) {
        this.logger = logger;
        this.maxBytes = maxBytes;
        this.queues = logger instanceof ch.qos.logback.classic.Logger logback ? queues(logback) : List.of();
        this.thread =
                Thread.ofPlatform().name("outlet-" + logger.getName()).daemon().start(this::run);
    }

    private static List<AsyncAppenderBase<?>> queues(ch.qos.logback.classic.Logger logger) {
        Iterator<Appender<ILoggingEvent>> appenders = logger.iteratorForAppenders();
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(appenders, Spliterator.ORDERED), false)
                .filter(AsyncAppenderBase.class::isInstance)
                .<AsyncAppenderBase<?>>map(appender -> (AsyncAppenderBase<?>) appender)
                .toList();
    }

    boolean isOpen() {
        return logger.isInfoEnabled();
    }

    void put(String line) {
        if (bytes.addAndGet(size(line)) > maxBytes || !lines.offer(line)) {
            bytes.addAndGet(-size(line));
            dropped.increment();
        }
    }

    private static int size(String line) {
        return line.length() + LINE_BYTES;
    }

    long dropped() {
        return dropped.sum();
    }

    private void run() {
        while (!closed) {
            handOver();
            LockSupport.parkNanos(lines.isEmpty() ? ROUND_NANOS : HELD_UP_NANOS);
        }
        handOver();
    }

    private void handOver() {
        String line = next();
        while (line != null) {
            // Without an argument, so that no copy of the line is made.
            logger.info(line);
            passedOn.add(size(line));
            line = next();
        }
    }

    /** Gives back the bytes of the lines that have left the appenders' queues. */
    private void settle() {
        int waiting = queues.stream()
                .mapToInt(AsyncAppenderBase::getNumberOfElementsInQueue)
                .max()
                .orElse(0);
        while (passedOn.size() > waiting) {
            bytes.addAndGet(-passedOn.remove());
        }
    }

    /** Null when no line waits or the appenders are full: a full queue would discard the line uncounted. */
    private @Nullable String next() {
        settle();
        return queues.stream().anyMatch(AsyncLogQueue::isFull) ? null : lines.poll();
    }

    /** Below its threshold, a queue discards lines of this level. */
    private static boolean isFull(AsyncAppenderBase<?> queue) {
        int left = queue.getRemainingCapacity();
        return left == 0 || left < queue.getDiscardingThreshold();
    }

    /** Passes on the remaining lines that fit. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(LAST_ROUND);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
