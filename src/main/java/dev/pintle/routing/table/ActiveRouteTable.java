package dev.pintle.routing.table;

import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentCache;
import dev.pintle.identity.Identities;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The route table that this node serves. A read is one volatile read; a new table replaces the old one atomically. Safe
 * for all threads.
 */
public final class ActiveRouteTable {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveRouteTable.class);

    private final DocumentCache documents;
    private final Identities identities;
    private final TableCompiler compiler;
    private volatile RouteTable current = RouteTable.EMPTY;

    public ActiveRouteTable(RouteRuntime runtime) {
        this.documents = runtime.documents();
        this.identities = runtime.identities();
        this.compiler = new TableCompiler(runtime);
    }

    public RouteTable current() {
        return current;
    }

    /** The digest of a table that serves all documents of a revision; null when this node does not serve that revision. */
    public @Nullable String digestOf(long revision) {
        RouteTable table = current;
        return table.revision() == revision ? table.completeDigest() : null;
    }

    /** Compiles the changed routes and activates the configuration. Exchanges in progress keep their routes. */
    public synchronized void publish(Configuration configuration, ConfigurationSource source) {
        documents.activate(configuration);
        identities.publish(configuration);
        Set<String> changed = ConfigurationDiff.between(current.configuration(), configuration);
        current.rejected().forEach(route -> changed.add(route.id()));
        if (current.defaultsFault() != null) {
            changed.addAll(configuration.routes().keySet());
        }
        RouteTable next = compiler.compile(configuration, source, current, changed);
        next.rejected().stream()
                .filter(route -> !current.rejected().contains(route))
                .forEach(route -> LOG.warn("Route {} is rejected: {}", route.id(), route.reason()));
        if (next.defaultsFault() != null && !next.defaultsFault().equals(current.defaultsFault())) {
            LOG.error(
                    "The stored defaults are rejected; {}. Replace them, or run a version that knows their keys."
                            + " Cause: {}",
                    next.lacksDefaults()
                            ? "this node had no valid ones and answers every request of a route with 503"
                            : "keeping the last valid ones, and answering requests of later routes with 503",
                    next.defaultsFault());
        }
        current = next;
        compiler.activated(next, changed);
    }
}
