package dev.pintle.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AsyncAppenderBase;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Where lines leave for a logger's appenders, without ever waiting for them. Lines are collected, and handed over together
 * fifty times a second: to wake another thread for each costs more than to write it. A line that finds no room is dropped
 * and counted. Safe for all threads.
 */
final class AsyncLogQueue implements AutoCloseable {
    /** Lines; some tenths of a second at the rate that a node of two cores can serve. */
    static final int ROOM = 8_192;

    private static final long ROUND_NANOS = Duration.ofMillis(20).toNanos();
    private static final long HELD_UP_NANOS = Duration.ofMillis(1).toNanos();
    private static final Duration LAST_ROUND = Duration.ofSeconds(1);

    private final Logger logger;
    private final List<AsyncAppenderBase<?>> queues;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(ROOM);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile boolean closed;

    /** An outlet to the appenders that the logger has now. */
    AsyncLogQueue(Logger logger) {
        this.logger = logger;
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
        if (!lines.offer(line)) {
            dropped.increment();
        }
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
            logger.info("{}", line);
            line = next();
        }
    }

    /** Null when there is none, or nobody takes it now: a queue that is full would throw it away uncounted. */
    private @Nullable String next() {
        return queues.stream().anyMatch(AsyncLogQueue::isFull) ? null : lines.poll();
    }

    /** Below its threshold a queue throws lines of this level away by itself. */
    private static boolean isFull(AsyncAppenderBase<?> queue) {
        int left = queue.getRemainingCapacity();
        return left == 0 || left < queue.getDiscardingThreshold();
    }

    /** Hands over what is left, as far as it is taken. */
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
