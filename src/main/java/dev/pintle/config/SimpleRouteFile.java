package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The table of small gateways: rows by path, {@code {"/users": {"backend": "http://localhost:5001"}}}. */
final class SimpleRouteFile {
    private SimpleRouteFile() {}

    /** Whether the keys of a file are paths. */
    static boolean isFlat(JsonNode file) {
        return !file.isEmpty()
                && file.properties().stream()
                        .allMatch(property -> property.getKey().startsWith("/"));
    }

    /** The routes of a table, in its order; their ids are made of their paths. */
    static List<RouteDocument> routes(JsonNode table, List<Violation> violations) {
        List<RouteDocument> routes = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        table.properties().forEach(property -> {
            String path = property.getKey();
            String id = RouteIds.fromPath(path, ids::contains);
            ids.add(id);
            SimpleRouteEntry row = new SimpleRouteEntry(property.getValue());
            try {
                routes.add(row.route(id, path));
            } catch (InvalidSpecException e) {
                e.violations().forEach(violation -> violations.add(violation.below(JsonPointers.child("", path))));
            }
        });
        return routes;
    }
}
