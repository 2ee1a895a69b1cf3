package dev.pintle.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The states of the policies of all routes. A route that is compiled again finds its states; a state that no active route uses
 * is forgotten once it {@linkplain RouteState#isFresh is fresh}, so that a route that is removed and added again finds the
 * requests that are still in flight. Safe for all threads.
 */
public final class PerRouteState {
    private final Map<String, Map<Class<?>, Entry>> routes = new HashMap<>();

    /** A route is about to be compiled: until {@link #settle()}, it claims the states that its policies use. */
    public synchronized void release(String route) {
        routes.getOrDefault(route, Map.of()).values().forEach(entry -> entry.claimed = false);
    }

    /** The state of a route, new if there is none. */
    synchronized <T extends RouteState> T claim(String route, Class<T> type, Supplier<T> fresh) {
        Entry entry = routes.computeIfAbsent(route, id -> new HashMap<>())
                .computeIfAbsent(type, key -> new Entry(fresh.get()));
        entry.claimed = true;
        entry.inUse = true;
        return type.cast(entry.state);
    }

    /** The compiled routes are active: retires the states that none of them claimed, and forgets those that are fresh. */
    public synchronized void settle() {
        routes.values().forEach(states -> {
            states.values().forEach(Entry::settle);
            states.values().removeIf(entry -> !entry.claimed && entry.state.isFresh());
        });
        routes.values().removeIf(Map::isEmpty);
    }

    /** The states of one kind that active routes use, by the ids of the routes. */
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
