package dev.pintle.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AsyncAppenderBase;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;

/**
 * Where lines leave for a logger's appenders, without ever waiting for them. Dropwizard puts a bounded queue before each
 * appender; a line that finds one full is dropped and counted. Safe for all threads.
 */
final class Outlet {
    private final Logger logger;
    private final List<AsyncAppenderBase<?>> queues;
    private final LongAdder dropped = new LongAdder();
    /** What looks and then puts must be alone, or others fill the queue in between and a line is lost uncounted. */
    private final ReentrantLock lock = new ReentrantLock();

    /** An outlet to the appenders that the logger has now. */
    Outlet(Logger logger) {
        this.logger = logger;
        this.queues = logger instanceof ch.qos.logback.classic.Logger logback ? queues(logback) : List.of();
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
        lock.lock();
        try {
            if (queues.stream().anyMatch(Outlet::isFull)) {
                dropped.increment();
            } else {
                logger.info("{}", line);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Below its threshold a queue throws lines of this level away by itself. */
    private static boolean isFull(AsyncAppenderBase<?> queue) {
        int left = queue.getRemainingCapacity();
        return left == 0 || left < queue.getDiscardingThreshold();
    }

    long dropped() {
        return dropped.sum();
    }
}
