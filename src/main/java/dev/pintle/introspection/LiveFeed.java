package dev.pintle.introspection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.telemetry.RouteTotals;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Samples the node once a second for all listeners together, and not at all without listeners. Safe for all threads.
 */
public final class LiveFeed {
    public static final int MAX_LISTENERS = 64;
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** An earlier sample is no start of an interval, because an average over a longer time misleads. */
    private static final Duration STALE = Duration.ofSeconds(5);

    private final LiveState state;
    private final Ticker ticker;
    private final AtomicInteger listeners = new AtomicInteger();
    private LiveSample latest = new LiveSample(0, JsonNodeFactory.instance.objectNode(), Map.of(), 0);
    private Map<String, RouteTotals> totals = Map.of();
    private long sampledAt;

    public LiveFeed(LiveState state, Ticker ticker) {
        this.state = state;
        this.ticker = ticker;
        this.sampledAt = ticker.nanos() - STALE.toNanos();
    }

    /** Adds a listener; empty if the node has its maximum. */
    public Optional<Listener> listen() {
        if (listeners.incrementAndGet() > MAX_LISTENERS) {
            listeners.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(new Listener());
    }

    /** Reads the samples, each once. */
    public final class Listener implements AutoCloseable {
        private long seen;

        private Listener() {}

        /** Waits for the next sample; empty when the node stops. */
        public Optional<LiveSample> next() throws InterruptedException {
            LiveSample sample = after(seen);
            seen = sample.number();
            return state.isStopping() ? Optional.empty() : Optional.of(sample);
        }

        @Override
        public void close() {
            listeners.decrementAndGet();
        }
    }

    /** The first listener for which a sample is due takes it; the others wait for it here. */
    private synchronized LiveSample after(long seen) throws InterruptedException {
        while (latest.number() <= seen || isOld()) {
            long due = INTERVAL.toNanos() - (ticker.nanos() - sampledAt);
            if (due <= 0) {
                sample();
            } else {
                wait(due / 1_000_000, (int) (due % 1_000_000));
            }
        }
        return latest;
    }

    private boolean isOld() {
        return ticker.nanos() - sampledAt >= INTERVAL.toNanos();
    }

    private void sample() {
        long now = ticker.nanos();
        Map<String, RouteTotals> current = state.totals();
        double seconds = now - sampledAt < STALE.toNanos() ? (now - sampledAt) / 1e9 : 0;
        ObjectNode json = state.json();
        Map<String, RouteTotals> traffic = new HashMap<>();
        if (seconds > 0) {
            current.forEach((route, total) -> {
                RouteTotals since = total.since(totals.getOrDefault(route, RouteTotals.NONE));
                if (since.requests() > 0) {
                    traffic.put(route, since);
                }
            });
            RouteTotals all = traffic.values().stream().reduce(RouteTotals.NONE, RouteTotals::plus);
            TrafficJson.put(all, seconds, json.putObject("traffic"));
            TrafficJson.putRoutes(traffic, seconds, json.putArray("routes"));
        }
        latest = new LiveSample(latest.number() + 1, json, traffic, seconds);
        totals = current;
        sampledAt = now;
        notifyAll();
    }
}
