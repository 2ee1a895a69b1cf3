package dev.pintle.routing.table;

import dev.pintle.config.Configuration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table that this node serves. Reading it costs nothing; a new one takes its place in one step. Safe for all threads. */
public final class ActiveRouteTable {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveRouteTable.class);

    private final TableCompiler compiler;
    private volatile RouteTable current = RouteTable.NONE;

    public ActiveRouteTable(RouteRuntime workshop) {
        this.compiler = new TableCompiler(workshop);
    }

    public RouteTable current() {
        return current;
    }

    /** Compiles what changed and puts the configuration in force; exchanges on their way keep the routes they have. */
    public synchronized void publish(Configuration configuration, ConfigurationSource source) {
        Set<String> changed = ConfigurationDiff.between(current.configuration(), configuration);
        current.keptOut().forEach(route -> changed.add(route.id()));
        RouteTable next = compiler.compile(configuration, source, current, changed);
        next.keptOut().stream()
                .filter(route -> !current.keptOut().contains(route))
                .forEach(route -> LOG.warn("Route {} is rejected: {}", route.id(), route.reason()));
        if (next.defaultsFault() != null && !next.defaultsFault().equals(current.defaultsFault())) {
            LOG.error("The stored defaults are rejected; the built-in values hold: {}", next.defaultsFault());
        }
        current = next;
        compiler.activated(next, changed);
    }
}
