package dev.pintle.routing.table;

import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.Specs;
import dev.pintle.config.UnreadableDocument;
import dev.pintle.config.VersionedDocument;
import dev.pintle.routing.RejectedRoute;
import dev.pintle.routing.Route;
import dev.pintle.upstream.UpstreamType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles the changed routes. A route that does not compile is rejected and does not affect the others. */
final class TableCompiler {
    private final RouteRuntime runtime;
    private final RouteCompiler routes;
    private final RejectedRoutes refusing;

    TableCompiler(RouteRuntime runtime) {
        this.runtime = runtime;
        this.routes = new RouteCompiler(runtime);
        this.refusing = new RejectedRoutes(runtime);
    }

    /**
     * Compiles the next table.
     *
     * @param changed the ids of all routes that differ from the previous table
     */
    RouteTable compile(
            Configuration configuration, ConfigurationSource source, RouteTable previous, Set<String> changed) {
        ActiveDefaults defaults = defaults(configuration, previous.activeDefaults());
        Map<String, Route> running = new HashMap<>();
        List<RejectedRoute> rejected = new ArrayList<>(unreadable(configuration));
        for (String id : changed) {
            VersionedDocument stored = configuration.routes().get(id);
            if (stored != null) {
                compile(id, stored, defaults.document().settings(), running, rejected);
            }
        }
        Map<String, Route> refusals = new HashMap<>();
        for (RejectedRoute route : rejected) {
            VersionedDocument stored = configuration.routes().get(route.id());
            Route refusal = stored == null ? null : refusing.refusing(route.id(), stored);
            if (refusal != null) {
                refusals.put(route.id(), refusal);
            }
        }
        return previous.with(configuration, source, changed, running, rejected, refusals, defaults);
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
            Specs defaults,
            Map<String, Route> running,
            List<RejectedRoute> rejected) {
        try {
            RouteDocument document = runtime.documents().route(stored.json());
            if (!document.id().equals(id)) {
                rejected.add(new RejectedRoute(
                        id, "/id: must be \"" + id + "\", as in its row; it is \"" + document.id() + '"'));
                return;
            }
            if (!Boolean.FALSE.equals(document.spec().enabled())) {
                running.put(id, routes.compile(document, stored, defaults));
            }
        } catch (InvalidSpecException | RuntimeException e) {
            rejected.add(new RejectedRoute(id, String.valueOf(e.getMessage())));
        }
    }

    private ActiveDefaults defaults(Configuration configuration, ActiveDefaults previous) {
        Optional<UnreadableDocument> unreadable = configuration.unreadable(DocumentKey.DEFAULTS);
        if (unreadable.isPresent()) {
            return previous.keptBecause("the document " + unreadable.get().reason());
        }
        try {
            return new ActiveDefaults(
                    runtime.documents().defaults(configuration.defaults().json()), configuration.revision(), null);
        } catch (InvalidSpecException | RuntimeException e) {
            return previous.keptBecause(String.valueOf(e.getMessage()));
        }
    }

    /** Starts the health checks of new routes and releases the state of removed ones, after the table became active. */
    void activated(RouteTable table, Set<String> changed) {
        for (String id : changed) {
            Route route = table.route(id);
            if (route == null && table.isRejected(id)) {
                runtime.release(id);
            } else if (route == null) {
                runtime.forget(id);
                runtime.endTunnels(id);
            } else if (route.settings().contains(UpstreamType.TYPE)) {
                runtime.upstreams().activated(id);
            } else {
                runtime.upstreams().forget(id);
            }
        }
        runtime.states().settle();
        runtime.rateLimits().evictIdle();
        runtime.metrics()
                .configuration()
                .reloaded(table.revision(), table.rejected().isEmpty() && table.defaultsFault() == null);
    }
}
