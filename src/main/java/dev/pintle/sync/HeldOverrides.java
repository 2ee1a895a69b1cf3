package dev.pintle.sync;

import dev.pintle.store.CircuitForce;
import dev.pintle.store.CircuitOverride;
import dev.pintle.store.CircuitOverride.Scope;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The circuit overrides that a node follows: those of the last read of PostgreSQL, and pending requests that PostgreSQL
 * has not stored yet. The node's ticker measures their time from the read or the request. Used by one thread at a time.
 */
final class HeldOverrides {
    private final Ticker ticker;
    private final InstantSource clock;
    private final Map<String, Held> shared = new HashMap<>();
    private final Map<String, Pending> pending = new HashMap<>();

    HeldOverrides(Ticker ticker, InstantSource clock) {
        this.ticker = ticker;
        this.clock = clock;
    }

    private record Held(CircuitOverride override, long endsAt) {}

    /** A request that PostgreSQL has not stored yet. */
    private sealed interface Pending {
        long requestedAt();

        record Force(CircuitForce force, long requestedAt, Instant until) implements Pending {}

        record Release(String route, long requestedAt) implements Pending {}
    }

    /** Replaces the shared overrides with those that PostgreSQL holds now. */
    void replace(List<CircuitOverride> read) {
        shared.clear();
        read.forEach(this::put);
    }

    /** Adds an override that PostgreSQL stored. */
    void put(CircuitOverride override) {
        pending.remove(override.route());
        shared.put(
                override.route(),
                new Held(override, ticker.nanos() + override.left().toNanos()));
    }

    /** Removes an override whose release PostgreSQL stored. */
    void remove(String route) {
        pending.remove(route);
        shared.remove(route);
    }

    /** @param requestedAt the time of the request, on the ticker of the node */
    void forceLocally(CircuitForce force, long requestedAt) {
        pending.put(
                force.route(),
                new Pending.Force(force, requestedAt, clock.instant().plus(force.duration())));
    }

    /** @param requestedAt the time of the request, on the ticker of the node */
    void releaseLocally(String route, long requestedAt) {
        pending.put(route, new Pending.Release(route, requestedAt));
    }

    /** Stores the pending requests in PostgreSQL, each as of its original time. */
    void storePending(ClusterStore cluster) throws StoreUnavailableException {
        for (Pending request : List.copyOf(pending.values())) {
            Duration age = Duration.ofNanos(ticker.nanos() - request.requestedAt());
            switch (request) {
                case Pending.Force(var force, var at, var until) -> {
                    if (age.compareTo(force.duration()) < 0) {
                        cluster.forceRetroactively(force, age);
                    }
                    pending.remove(force.route());
                }
                case Pending.Release(var route, var at) -> {
                    cluster.releaseRetroactively(route, age);
                    pending.remove(route);
                }
            }
        }
    }

    /** Returns the active overrides of this node, ordered by route. */
    List<CircuitOverride> active() {
        Map<String, CircuitOverride> active = new TreeMap<>();
        shared.forEach((route, held) -> active.put(route, held.override().withLeft(left(held.endsAt()))));
        pending.forEach((route, request) -> {
            active.remove(route);
            if (request instanceof Pending.Force forced) {
                active.put(route, local(forced));
            }
        });
        return active.values().stream()
                .filter(override -> override.left().isPositive())
                .toList();
    }

    private Duration left(long end) {
        return Duration.ofNanos(end - ticker.nanos());
    }

    private CircuitOverride local(Pending.Force request) {
        CircuitForce force = request.force();
        Duration left = left(request.requestedAt() + force.duration().toNanos());
        return new CircuitOverride(
                force.route(), force.open(), request.until(), left, force.reason(), force.author(), Scope.NODE);
    }
}
