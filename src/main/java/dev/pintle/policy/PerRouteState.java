package dev.pintle.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Keeps the state of policies by route. A recompiled route keeps its states. The gateway removes a state when no active
 * route uses it and it {@linkplain RouteState#isFresh is fresh}. A route that is removed and added again therefore
 * still counts its requests in flight. Safe for all threads.
 */
public final class PerRouteState {
    private final Map<String, Map<Class<?>, Entry>> routes = new HashMap<>();

    /** The routes of this activation, and those with retired states. */
    private final Set<String> unsettled = new HashSet<>();

    /** Prepares the compilation of a route: its policies claim their states again until {@link #settle()}. */
    public synchronized void release(String route) {
        unsettled.add(route);
        routes.getOrDefault(route, Map.of()).values().forEach(entry -> entry.claimed = false);
    }

    /** Returns the state of a route; creates it when the route has none. */
    synchronized <T extends RouteState> T claim(String route, Class<T> type, Supplier<T> fresh) {
        unsettled.add(route);
        Entry entry = routes.computeIfAbsent(route, id -> new HashMap<>())
                .computeIfAbsent(type, key -> new Entry(fresh.get()));
        entry.claimed = true;
        entry.inUse = true;
        return type.cast(entry.state);
    }

    /** Completes an activation: retires the states that no route claimed, and removes the fresh ones among them. */
    public synchronized void settle() {
        unsettled.removeIf(this::settle);
    }

    /** Returns whether all states of the route are claimed. */
    private boolean settle(String route) {
        Map<Class<?>, Entry> states = routes.get(route);
        if (states == null) {
            return true;
        }
        states.values().forEach(Entry::settle);
        states.values().removeIf(entry -> !entry.claimed && entry.state.isFresh());
        if (states.isEmpty()) {
            routes.remove(route);
        }
        return states.values().stream().allMatch(entry -> entry.claimed);
    }

    /** Returns the states of one type that active routes use, by the ids of the routes. */
    public synchronized <T extends RouteState> SortedMap<String, T> all(Class<T> type) {
        SortedMap<String, T> all = new TreeMap<>();
        routes.forEach((route, states) -> {
            Entry entry = states.get(type);
            if (entry != null && entry.claimed) {
                all.put(route, type.cast(entry.state));
            }
        });
        return all;
    }

    private static final class Entry {
        private final RouteState state;
        private boolean claimed;
        private boolean inUse;

        Entry(RouteState state) {
            this.state = state;
        }

        void settle() {
            if (inUse && !claimed) {
                state.retire();
            }
            inUse = claimed;
        }
    }
}
