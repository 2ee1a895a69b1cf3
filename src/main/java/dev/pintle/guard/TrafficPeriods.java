package dev.pintle.guard;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;

/** Numbers periods of a minute. A mark ends the current period early. Safe for all threads. */
public final class TrafficPeriods {
    private static final long LENGTH = Duration.ofMinutes(1).toNanos();

    private final Ticker ticker;
    private volatile Start start;
    private volatile Set<Long> ignored = Set.of();

    /** @param at on the ticker */
    private record Start(long number, long at) {}

    public TrafficPeriods(Ticker ticker) {
        this.ticker = ticker;
        this.start = new Start(0, ticker.nanos());
    }

    /** The number of the current period. */
    long current() {
        Start last = start;
        return last.number() + (ticker.nanos() - last.at()) / LENGTH;
    }

    /** Starts a period now, and returns its number. */
    public synchronized long mark() {
        long next = current() + 1;
        start = new Start(next, ticker.nanos());
        return next;
    }

    /** Ends the current period, and lets no later change compare itself with the periods since a mark. */
    public synchronized void ignoreSince(long mark) {
        long last = current();
        Set<Long> numbers = new HashSet<>(ignored);
        numbers.removeIf(number -> number <= last - RouteTraffic.KEPT);
        LongStream.rangeClosed(Math.max(mark, last - RouteTraffic.KEPT), last).forEach(numbers::add);
        ignored = Set.copyOf(numbers);
        mark();
    }

    boolean isIgnored(long number) {
        return ignored.contains(number);
    }
}
