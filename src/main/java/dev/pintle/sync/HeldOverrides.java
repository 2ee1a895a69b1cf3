package dev.pintle.sync;

import dev.pintle.store.OverrideRequest;
import dev.pintle.store.OverrideScope;
import dev.pintle.store.OverrideStore;
import dev.pintle.store.RouteOverride;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The overrides of one kind that a node follows: those of the last read of PostgreSQL, and pending requests that PostgreSQL
 * has not stored yet. The node's ticker measures their time from the read or the request. Used by one thread at a time.
 *
 * @param <O> the override
 * @param <R> the request of an operator for it
 */
final class HeldOverrides<O extends RouteOverride<O>, R extends OverrideRequest<O>> {
    private static final Logger LOG = LoggerFactory.getLogger(HeldOverrides.class);

    private final String kind;
    private final OverrideStore<O, R> store;
    private final Ticker ticker;
    private final InstantSource clock;
    private final Map<String, Held<O>> shared = new HashMap<>();
    private final Map<String, Pending<R>> pending = new HashMap<>();
    /** The routes whose pending request was stored after the last read. It holds until the next read. */
    private final Set<String> stored = new HashSet<>();

    /** @param kind names the overrides in logs */
    HeldOverrides(String kind, OverrideStore<O, R> store, Ticker ticker, InstantSource clock) {
        this.kind = kind;
        this.store = store;
        this.ticker = ticker;
        this.clock = clock;
    }

    private record Held<O>(O override, long endsAt) {}

    /** A request that PostgreSQL has not stored yet. */
    private sealed interface Pending<R> {
        long requestedAt();

        record Begin<R>(R request, long requestedAt, Instant until) implements Pending<R> {}

        record End<R>(long requestedAt) implements Pending<R> {}
    }

    /** Stores an override, replacing any other one of the route, or holds it on this node until PostgreSQL stores it. */
    OverrideScope begin(R request) {
        long requestedAt = ticker.nanos();
        try {
            put(store.begin(request));
            return OverrideScope.CLUSTER;
        } catch (StoreUnavailableException e) {
            LOG.warn(
                    "{}. The {} of route {} holds on this node only, until PostgreSQL accepts writes.",
                    e.getMessage(),
                    kind,
                    request.route());
            Instant until = clock.instant().plus(request.duration());
            hold(request.route(), new Pending.Begin<>(request, requestedAt, until));
            return OverrideScope.NODE;
        }
    }

    /** Ends the override of a route, if any, or ends it on this node until PostgreSQL stores the end. */
    OverrideScope end(String route) {
        long requestedAt = ticker.nanos();
        try {
            store.end(route);
            pending.remove(route);
            shared.remove(route);
            return OverrideScope.CLUSTER;
        } catch (StoreUnavailableException e) {
            LOG.warn(
                    "{}. The {} of route {} ends on this node only, until PostgreSQL accepts writes.",
                    e.getMessage(),
                    kind,
                    route);
            hold(route, new Pending.End<>(requestedAt));
            return OverrideScope.NODE;
        }
    }

    /** Replaces the shared overrides with those that PostgreSQL holds now. */
    void replace(List<O> read) {
        pending.keySet().removeAll(stored);
        stored.clear();
        shared.clear();
        read.forEach(this::hold);
    }

    private void hold(String route, Pending<R> request) {
        pending.put(route, request);
        stored.remove(route);
    }

    private void put(O override) {
        pending.remove(override.route());
        hold(override);
    }

    private void hold(O override) {
        shared.put(
                override.route(),
                new Held<>(override, ticker.nanos() + override.left().toNanos()));
    }

    /** Stores the pending requests in PostgreSQL, each as of its original time. */
    void storePending() throws StoreUnavailableException {
        for (Map.Entry<String, Pending<R>> entry : pending.entrySet()) {
            if (stored.contains(entry.getKey())) {
                continue;
            }
            Duration age = Duration.ofNanos(ticker.nanos() - entry.getValue().requestedAt());
            switch (entry.getValue()) {
                case Pending.Begin<R>(var request, var at, var until) -> {
                    if (age.compareTo(request.duration()) < 0) {
                        store.beginRetroactively(request, age);
                    }
                }
                case Pending.End<R>(var at) -> store.endRetroactively(entry.getKey(), age);
            }
            stored.add(entry.getKey());
        }
    }

    /** Returns the active overrides of this node, ordered by route. */
    List<O> active() {
        Map<String, O> active = new TreeMap<>();
        shared.forEach((route, held) -> active.put(route, held.override().withLeft(left(held.endsAt()))));
        pending.forEach((route, request) -> {
            active.remove(route);
            if (request instanceof Pending.Begin<R> begun) {
                active.put(route, onThisNode(begun));
            }
        });
        return active.values().stream()
                .filter(override -> override.left().isPositive())
                .toList();
    }

    private Duration left(long end) {
        return Duration.ofNanos(end - ticker.nanos());
    }

    private O onThisNode(Pending.Begin<R> begun) {
        R request = begun.request();
        return request.onThisNode(
                begun.until(), left(begun.requestedAt() + request.duration().toNanos()));
    }
}
