package dev.pintle.routing.table;

import dev.pintle.config.Configuration;
import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.DefaultsSpec;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.UnreadableDocument;
import dev.pintle.config.VersionedDocument;
import dev.pintle.routing.RejectedRoute;
import dev.pintle.routing.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes tables of configurations. Routes that did not change keep the form they have; one that cannot run stops no other. */
final class TableCompiler {
    private final RouteRuntime workshop;
    private final RouteCompiler routes;

    TableCompiler(RouteRuntime workshop) {
        this.workshop = workshop;
        this.routes = new RouteCompiler(workshop);
    }

    /** @param changed the ids of all routes that are not as they were in the previous table */
    RouteTable compile(
            Configuration configuration, ConfigurationSource source, RouteTable previous, Set<String> changed) {
        Defaults defaults = defaults(configuration);
        Map<String, Route> running = new HashMap<>();
        List<RejectedRoute> keptOut = new ArrayList<>(unreadable(configuration));
        for (String id : changed) {
            VersionedDocument stored = configuration.routes().get(id);
            if (stored != null) {
                compile(id, stored, defaults.spec, running, keptOut);
            }
        }
        return previous.with(configuration, source, changed, running, keptOut, defaults.fault);
    }

    private static List<RejectedRoute> unreadable(Configuration configuration) {
        return configuration.unreadable().stream()
                .filter(UnreadableDocument::isRoute)
                .map(document -> new RejectedRoute(document.id(), "the document " + document.reason()))
                .toList();
    }

    private void compile(
            String id,
            VersionedDocument stored,
            DefaultsSpec defaults,
            Map<String, Route> running,
            List<RejectedRoute> keptOut) {
        try {
            RouteDocument document = RouteDocument.read(stored.json());
            if (!document.id().equals(id)) {
                keptOut.add(new RejectedRoute(
                        id, "/id: must be \"" + id + "\", as in its row; it is \"" + document.id() + '"'));
                return;
            }
            if (!Boolean.FALSE.equals(document.spec().enabled())) {
                running.put(id, routes.compile(document, stored, defaults));
            }
        } catch (InvalidSpecException | RuntimeException e) {
            keptOut.add(new RejectedRoute(id, String.valueOf(e.getMessage())));
        }
    }

    private static Defaults defaults(Configuration configuration) {
        for (UnreadableDocument document : configuration.unreadable()) {
            if (!document.isRoute()) {
                return new Defaults(DefaultsSpec.NONE, "the document " + document.reason());
            }
        }
        try {
            return new Defaults(
                    DefaultsDocument.read(configuration.defaults().json()).spec(), null);
        } catch (InvalidSpecException | RuntimeException e) {
            return new Defaults(DefaultsSpec.NONE, String.valueOf(e.getMessage()));
        }
    }

    /** @param fault the reason that the stored defaults are rejected; null when they are used */
    private record Defaults(DefaultsSpec spec, @Nullable String fault) {}

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
        workshop.metrics().reloaded(table.revision(), table.keptOut().isEmpty() && table.defaultsFault() == null);
    }
}
