package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A file that maps paths to upstreams: {@code {"/users": {"backend": "http://localhost:5001"}}}. */
final class SimpleRouteFile {
    private SimpleRouteFile() {}

    /** Returns whether all keys of a file are paths. */
    static boolean isSimple(JsonNode file) {
        return file.isObject()
                && !file.isEmpty()
                && file.properties().stream()
                        .allMatch(property -> property.getKey().startsWith("/"));
    }

    /** Returns the routes of a file in its order. Their ids derive from their paths. */
    static List<RouteDocument> routes(JsonNode file, DocumentValidator validator, Violations violations) {
        List<RouteDocument> routes = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        file.properties().forEach(property -> {
            String path = property.getKey();
            String id = RouteIds.fromPath(path, ids::contains);
            ids.add(id);
            try {
                routes.add(new SimpleRouteEntry(property.getValue(), validator).route(id, path));
            } catch (InvalidSpecException e) {
                violations.addAll(JsonPointers.child("", path), e.violations());
            }
        });
        return routes;
    }
}
