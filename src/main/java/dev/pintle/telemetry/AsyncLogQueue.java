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
 * Passes lines to the appenders of a logger without blocking.
 *
 * <p>It passes the lines on in batches, fifty times a second, because waking a thread per line costs more than writing
 * the line. It limits the number and the bytes of the lines, here and in the queues of the appenders, so that a blocked
 * console cannot fill the heap. It drops and counts lines beyond the limit. Safe for all threads.
 */
final class AsyncLogQueue implements AutoCloseable {
    /** The maximum number of lines: some tenths of a second at the maximum rate of a node with two cores. */
    static final int MAX_LINES = 8_192;

    /** The memory of a line in addition to its text. */
    private static final int LINE_BYTES = 256;

    private static final long ROUND_NANOS = Duration.ofMillis(20).toNanos();
    private static final long BUSY_ROUND_NANOS = Duration.ofMillis(1).toNanos();
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Logger logger;
    private final List<AsyncAppenderBase<?>> queues;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MAX_LINES);
    private final LongAdder dropped = new LongAdder();
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    /** The sizes of the lines in the queues of the appenders, the oldest first. Used by the thread of the queue. */
    private final Deque<Integer> queuedSizes = new ArrayDeque<>();

    private final Thread thread;
    private volatile boolean closed;

    /**
     * Creates a queue for the current appenders of the logger.
     *
     * @param maxBytes of the queued lines, here and in the queues of the appenders
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
            writeLines();
            LockSupport.parkNanos(lines.isEmpty() ? ROUND_NANOS : BUSY_ROUND_NANOS);
        }
        writeLines();
    }

    private void writeLines() {
        String line = next();
        while (line != null) {
            // Without an argument, so that the logger does not copy the line.
            logger.info(line);
            queuedSizes.add(size(line));
            line = next();
        }
    }

    /**
     * Releases the bytes of the lines that have left the queues of the appenders. The thread of an appender takes all
     * lines of its queue at once, so one batch more can be in memory than counts.
     */
    private void settle() {
        int waiting = 0;
        for (AsyncAppenderBase<?> queue : queues) {
            waiting = Math.max(waiting, queue.getNumberOfElementsInQueue());
        }
        while (queuedSizes.size() > waiting) {
            bytes.addAndGet(-queuedSizes.remove());
        }
    }

    /**
     * Returns the next line; null when no line is queued or the appenders are full. A full queue would discard the line
     * without counting it.
     */
    private @Nullable String next() {
        settle();
        for (AsyncAppenderBase<?> queue : queues) {
            if (isFull(queue)) {
                return null;
            }
        }
        return lines.poll();
    }

    /** Returns whether a queue discards lines of this level. */
    private static boolean isFull(AsyncAppenderBase<?> queue) {
        int left = queue.getRemainingCapacity();
        return left == 0 || left < queue.getDiscardingThreshold();
    }

    /** Writes the remaining lines, for at most one second. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
