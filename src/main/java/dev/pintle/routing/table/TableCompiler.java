package dev.pintle.routing.table;

import dev.pintle.config.Configuration;
import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.DefaultsSpec;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.VersionedDocument;
import dev.pintle.routing.RejectedRoute;
import dev.pintle.routing.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes tables of configurations. Routes that did not change keep the form they have; one that cannot run stops no other. */
final class TableCompiler {
    private static final Logger LOG = LoggerFactory.getLogger(TableCompiler.class);

    private final RouteRuntime workshop;
    private final RouteCompiler routes;

    TableCompiler(RouteRuntime workshop) {
        this.workshop = workshop;
        this.routes = new RouteCompiler(workshop);
    }

    /** @param changed the ids of all routes that are not as they were in the previous table */
    RouteTable compile(
            Configuration configuration, ConfigurationSource source, RouteTable previous, Set<String> changed) {
        DefaultsSpec defaults = defaults(configuration.defaults());
        Map<String, Route> running = new HashMap<>();
        List<RejectedRoute> keptOut = new ArrayList<>();
        for (String id : changed) {
            VersionedDocument stored = configuration.routes().get(id);
            if (stored != null) {
                compile(id, stored, defaults, running, keptOut);
            }
        }
        return previous.with(configuration, source, changed, running, keptOut);
    }

    private void compile(
            String id,
            VersionedDocument stored,
            DefaultsSpec defaults,
            Map<String, Route> running,
            List<RejectedRoute> keptOut) {
        try {
            RouteDocument document = RouteDocument.read(stored.json());
            if (!Boolean.FALSE.equals(document.spec().enabled())) {
                running.put(id, routes.compile(document, stored, defaults));
            }
        } catch (InvalidSpecException | RuntimeException e) {
            keptOut.add(new RejectedRoute(id, String.valueOf(e.getMessage())));
        }
    }

    private static DefaultsSpec defaults(VersionedDocument stored) {
        try {
            return DefaultsDocument.read(stored.json()).spec();
        } catch (InvalidSpecException e) {
            LOG.error("The stored defaults are not used, as they break the rules: {}", e.getMessage());
            return DefaultsSpec.NONE;
        }
    }

    /** What belongs to these routes begins or ends with the table. */
    void inForce(RouteTable table, Set<String> changed) {
        for (String id : changed) {
            if (table.route(id) == null) {
                workshop.forget(id);
            } else {
                workshop.upstreams().inForce(id);
            }
        }
        workshop.rateLimits().tidy();
        workshop.metrics().reloaded(table.revision(), table.keptOut().isEmpty());
    }
}
