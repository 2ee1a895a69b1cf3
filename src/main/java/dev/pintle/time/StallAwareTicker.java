package dev.pintle.time;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ticker that stands still while this node does not run: its process is frozen, its machine is out of CPU time, or the JVM
 * collects garbage. A time-out that goes by this ticker expires only when the other side had its whole time. Safe for all threads.
 *
 * <p>A virtual thread beats every 10 ms, and waits for a carrier thread like every request does. From one beat to the next the
 * ticker advances by 50 ms at most; what the beat is later than that, is lost time.
 */
public final class StallAwareTicker implements Ticker, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StallAwareTicker.class);
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Duration LONGEST_STEP = Duration.ofMillis(50);
    private static final Duration WORTH_A_WARNING = Duration.ofSeconds(1);

    private final Ticker realTime;
    private volatile Beat last;
    private volatile boolean closed;
    private @Nullable Thread thread;

    /**
     * The state at the latest beat.
     *
     * @param reading of this ticker
     * @param lost nanoseconds by which the reading is behind real time
     */
    private record Beat(long reading, long lost) {}

    /** A ticker that advances as long as {@link #beat} is called. */
    StallAwareTicker(Ticker realTime) {
        this.realTime = realTime;
        this.last = new Beat(realTime.nanos(), 0);
    }

    /** A ticker that beats until it is closed. After that it goes by real time. */
    public static StallAwareTicker start(Ticker realTime) {
        StallAwareTicker ticker = new StallAwareTicker(realTime);
        ticker.thread = Thread.ofVirtual().name("stall-aware-ticker").start(ticker::run);
        return ticker;
    }

    @Override
    public long nanos() {
        return readingAt(realTime.nanos(), last);
    }

    @Override
    public long lostNanos() {
        long now = realTime.nanos();
        return now - readingAt(now, last);
    }

    private long readingAt(long now, Beat beat) {
        long sinceBeat = now - beat.lost - beat.reading;
        return beat.reading + (closed ? sinceBeat : Math.min(sinceBeat, LONGEST_STEP.toNanos()));
    }

    /** Called by one thread. */
    void beat() {
        Beat previous = last;
        long now = realTime.nanos();
        long reading = readingAt(now, previous);
        last = new Beat(reading, now - reading);
        Duration stall = Duration.ofNanos(last.lost - previous.lost);
        if (stall.compareTo(WORTH_A_WARNING) > 0) {
            LOG.warn(
                    "This node did not run for {} ms. Time-outs of upstreams get that time back. Give the node more CPU if this"
                            + " happens again.",
                    stall.toMillis());
        }
    }

    private void run() {
        while (!closed) {
            try {
                beat();
            } catch (RuntimeException | Error e) {
                // Without beats no time-out would expire any more, so not even a lack of memory may end them.
                LOG.error("A beat failed. The next one follows.", e);
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
