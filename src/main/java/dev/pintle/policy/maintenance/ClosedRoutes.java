package dev.pintle.policy.maintenance;

import dev.pintle.http.CidrSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes that operators closed on this node. Safe for all threads. */
public final class ClosedRoutes {
    /** Stands for all routes. */
    private static final String ALL = "*";

    /**
     * A closed route.
     *
     * @param allow the clients whose requests pass
     * @param endsAt the end, on the ticker of the node
     * @param reason the operator's reason; may be empty
     */
    public record Closure(CidrSet allow, long endsAt, String reason) {}

    private volatile Map<String, Closure> closures = Map.of();

    /** Replaces all closures, by the id of the route or {@code *} for all routes. */
    public void replace(Map<String, Closure> all) {
        closures = Map.copyOf(all);
    }

    /** The closure that applies to a route: its own before that of all routes. */
    @Nullable
    Closure of(String route) {
        Map<String, Closure> all = closures;
        if (all.isEmpty()) {
            return null;
        }
        Closure own = all.get(route);
        return own == null ? all.get(ALL) : own;
    }
}
