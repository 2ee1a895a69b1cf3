package dev.pintle.policy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * State that belongs to a route's id and not to its revision: a route that is compiled again finds it as it was. Safe for
 * all threads.
 */
public final class PerRouteState<S> {
    private final Map<String, S> states = new ConcurrentHashMap<>();

    /** The state of a route, new if there is none. */
    public S of(String route, Supplier<S> fresh) {
        return states.computeIfAbsent(route, id -> fresh.get());
    }

    /** The route is no more. */
    public void forget(String route) {
        states.remove(route);
    }

    /** The states by the ids of their routes, as they are now. */
    public Map<String, S> all() {
        return Map.copyOf(states);
    }
}
