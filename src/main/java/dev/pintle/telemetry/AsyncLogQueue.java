package dev.pintle.telemetry;

import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes lines to the appenders of a logger without blocking.
 *
 * <p>It writes the lines in batches, fifty times a second, because waking a thread and calling the system per line cost
 * more than the line. It limits the number and the bytes of the lines, so that a blocked console cannot fill the heap.
 * It drops and counts lines beyond the limit. Safe for all threads.
 */
final class AsyncLogQueue implements AutoCloseable {
    /**
     * The maximum number of lines in addition to the {@code queueSize} of the appender: some tenths of a second at the
     * maximum rate of a node with two cores.
     */
    static final int MAX_LINES = 8_192;

    /** The memory of a line in addition to its text. */
    private static final int LINE_BYTES = 256;

    private static final long ROUND_NANOS = Duration.ofMillis(20).toNanos();
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Logger logger;
    private final BatchedAppenders appenders;
    private final BlockingQueue<String> lines;
    private final LongAdder dropped = new LongAdder();
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Creates a queue for the current appenders of the logger.
     *
     * @param maxBytes of the queued lines
     */
    AsyncLogQueue(Logger logger, long maxBytes) {
        this.logger = logger;
        this.maxBytes = maxBytes;
        this.appenders = new BatchedAppenders(logger);
        this.lines = new ArrayBlockingQueue<>(MAX_LINES + appenders.queueSize());
        this.thread =
                Thread.ofPlatform().name("outlet-" + logger.getName()).daemon().start(this::run);
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
            LockSupport.parkNanos(ROUND_NANOS);
        }
        writeLines();
    }

    /** Writes lines until none is queued, and leaves none in a buffer. */
    private void writeLines() {
        String line = lines.poll();
        if (line == null) {
            return;
        }
        while (line != null) {
            // Without an argument, so that the logger does not copy the line.
            logger.info(line);
            bytes.addAndGet(-size(line));
            line = lines.poll();
        }
        appenders.flush();
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
