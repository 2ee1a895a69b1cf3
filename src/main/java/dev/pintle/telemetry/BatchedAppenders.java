package dev.pintle.telemetry;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AsyncAppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The appenders of a logger for many lines with few system calls: files and consoles keep whole lines in a buffer until
 * it is full or {@link #flush} is called. Used by one thread.
 *
 * <p>Dropwizard puts a queue with a thread before each appender. This class removes those queues, because its owner is
 * a queue with a thread.
 */
final class BatchedAppenders {
    private final Logger logger;
    private final int queueSize;

    /** Prepares the current appenders of a logger. */
    BatchedAppenders(Logger logger) {
        this.logger = logger;
        int largest = 0;
        for (Appender<ILoggingEvent> appender : appenders(logger)) {
            if (appender instanceof AsyncAppenderBase<ILoggingEvent> queue) {
                largest = Math.max(largest, queue.getQueueSize());
                replace(queue);
            }
        }
        queueSize = largest;
        appenders(logger).forEach(BatchedAppenders::buffer);
    }

    /** Attaches the appender behind a queue to the logger, in place of the queue. */
    private void replace(AsyncAppenderBase<ILoggingEvent> queue) {
        for (Appender<ILoggingEvent> appender : appenders(queue)) {
            queue.detachAppender(appender);
            logger.addAppender(appender);
        }
        logger.detachAppender(queue);
        queue.stop();
    }

    private static void buffer(Appender<ILoggingEvent> appender) {
        if (appender instanceof OutputStreamAppender<ILoggingEvent> output) {
            output.setImmediateFlush(false);
        }
        // The stream of a file has a buffer; that of a console makes a system call per line.
        if (appender instanceof ConsoleAppender<ILoggingEvent> console
                && !(console.getOutputStream() instanceof BufferedOutputStream)) {
            console.setOutputStream(new BufferedOutputStream(console.getOutputStream()));
        }
    }

    /** Returns the size of the largest queue that the operator configured and this object removed. */
    int queueSize() {
        return queueSize;
    }

    /** Writes the lines in the buffers. */
    void flush() {
        for (Appender<ILoggingEvent> appender : appenders(logger)) {
            if (appender instanceof OutputStreamAppender<ILoggingEvent> output) {
                flush(output);
            }
        }
    }

    /** Flushes an output, unless it was stopped. */
    private static void flush(OutputStreamAppender<ILoggingEvent> output) {
        OutputStream stream = output.getOutputStream();
        if (stream != null) {
            try {
                stream.flush();
            } catch (IOException e) {
                output.addError("Cannot write the lines in the buffer of " + output.getName(), e);
            }
        }
    }

    private static List<Appender<ILoggingEvent>> appenders(AppenderAttachable<ILoggingEvent> owner) {
        List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
        owner.iteratorForAppenders().forEachRemaining(appenders::add);
        return appenders;
    }
}
