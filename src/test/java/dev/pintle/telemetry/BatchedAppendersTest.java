package dev.pintle.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The access log writes a burst with few system calls, and holds no line back. */
class BatchedAppendersTest {
    private static final long MAX_BYTES = 10 << 20;
    private static final List<String> BURST =
            IntStream.range(0, 1_000).mapToObj("{\"line\":%04d}"::formatted).toList();

    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("access");

    /** The calls of a console's stream. */
    private final List<String> writes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void completeTheContext() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    @AfterEach
    void stopTheAppenders() {
        context.stop();
    }

    @Test
    void aBurstNeedsFarFewerWritesThanLinesAndCutsNone() {
        CountDownLatch gate = block();
        logger.addAppender(console());
        try (AsyncLogQueue queue = new AsyncLogQueue(logger, MAX_BYTES)) {
            BURST.forEach(queue::put);
            gate.countDown();
        }
        await().untilAsserted(() -> assertThat(String.join("", writes).lines()).containsExactlyElementsOf(BURST));
        assertThat(writes).hasSizeLessThanOrEqualTo(3).allMatch(write -> write.endsWith("\n"));
    }

    @Test
    void aSingleLineIsWrittenAtOnceToAConsoleAndToAFile(@TempDir Path directory) {
        Path file = directory.resolve("access.log");
        logger.addAppender(console());
        logger.addAppender(file(file));
        try (AsyncLogQueue queue = new AsyncLogQueue(logger, MAX_BYTES)) {
            for (String line : BURST.subList(0, 2)) {
                queue.put(line);
                await().until(() -> Files.readString(file).endsWith(line + '\n'));
                await().until(() -> writes.contains(line + '\n'));
            }
        }
    }

    @Test
    void theLinesThatWaitAtTheEndAreWritten(@TempDir Path directory) {
        Path file = directory.resolve("access.log");
        logger.addAppender(queued(file(file)));
        try (AsyncLogQueue queue = new AsyncLogQueue(logger, MAX_BYTES)) {
            BURST.forEach(queue::put);
        }
        await().untilAsserted(() -> assertThat(file).content().isEqualTo(String.join("\n", BURST) + "\n"));
    }

    @Test
    void noFurtherThreadPassesTheLinesAlong() {
        Appender<ILoggingEvent> console = console();
        AsyncAppender queued = queued(console);
        queued.setQueueSize(7);
        logger.addAppender(queued);

        BatchedAppenders appenders = new BatchedAppenders(logger);

        assertThat(logger.iteratorForAppenders()).toIterable().containsExactly(console);
        assertThat(queued.isStarted()).isFalse();
        assertThat(console.isStarted()).isTrue();
        assertThat(appenders.queueSize()).isEqualTo(7);
    }

    /** Each write to this device of Linux fails as on a full disk. */
    @Test
    void aFullDiskStopsNeitherTheThreadNorTheOtherAppenders() {
        logger.addAppender(file(Path.of("/dev/full")));
        logger.addAppender(console());
        try (AsyncLogQueue queue = new AsyncLogQueue(logger, MAX_BYTES)) {
            for (String line : BURST.subList(0, 3)) {
                queue.put(line);
                await().until(() -> writes.contains(line + '\n'));
            }
        }
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .anyMatch(status -> status.getMessage().contains("IO failure"));
    }

    /** Blocks the thread of the queue at its first line. */
    private CountDownLatch block() {
        CountDownLatch gate = new CountDownLatch(1);
        Appender<ILoggingEvent> blocked = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        blocked.setContext(context);
        blocked.start();
        logger.addAppender(blocked);
        return gate;
    }

    private Appender<ILoggingEvent> console() {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        start(console);
        console.setOutputStream(new OutputStream() {
            @Override
            public void write(int single) {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                writes.add(new String(bytes, offset, length, UTF_8));
            }
        });
        return console;
    }

    private Appender<ILoggingEvent> file(Path path) {
        FileAppender<ILoggingEvent> file = new FileAppender<>();
        file.setFile(path.toString());
        start(file);
        return file;
    }

    private void start(OutputStreamAppender<ILoggingEvent> output) {
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setLayout(new LayoutBase<>() {
            @Override
            public String doLayout(ILoggingEvent event) {
                return event.getFormattedMessage() + '\n';
            }
        });
        encoder.setContext(context);
        output.setEncoder(encoder);
        output.setContext(context);
        output.start();
    }

    /** Returns an appender with a queue and a thread before it, as Dropwizard makes each. */
    private AsyncAppender queued(Appender<ILoggingEvent> appender) {
        AsyncAppender queued = new AsyncAppender();
        queued.setContext(context);
        queued.addAppender(appender);
        queued.start();
        return queued;
    }
}
