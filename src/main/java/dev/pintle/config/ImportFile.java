package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an import brings: routes and perhaps defaults, each of which keeps every rule. Immutable.
 *
 * @param routes in the order of the file, no two with the same id or the same match
 * @param defaults null when the file has none
 */
public record ImportFile(
        List<RouteDocument> routes, @Nullable DefaultsDocument defaults) {
    private static final Set<String> KEYS = Set.of("revision", "routes", "defaults");

    public ImportFile {
        routes = List.copyOf(routes);
    }

    /**
     * Reads what {@code GET /routes} and the export print, or the flat table of small gateways.
     *
     * @throws InvalidSpecException with every fault of the file
     */
    public static ImportFile read(InputStream file) throws MalformedJsonException, InvalidSpecException, IOException {
        return of(StrictJson.read(file));
    }

    static ImportFile of(JsonNode json) throws InvalidSpecException {
        List<Violation> violations = new ArrayList<>();
        ImportFile file;
        if (SimpleRouteFile.isFlat(json)) {
            file = new ImportFile(SimpleRouteFile.routes(json, violations), null);
        } else {
            file = new ImportFile(routes(json, violations), defaults(json, violations));
        }
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return file;
    }

    private static List<RouteDocument> routes(JsonNode json, List<Violation> violations) {
        JsonNode written = json.path("routes");
        if (!written.isArray()) {
            violations.add(new Violation(
                    "/routes",
                    "must be a list of routes, as the export writes it; or let all keys of the file be paths:"
                            + " {\"/users\": {\"backend\": \"http://localhost:5001\"}}"));
            return List.of();
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!KEYS.contains(name)) {
                violations.add(new Violation(
                        JsonPointers.child("", name), "is not a known key; known here: routes, defaults, revision"));
            }
        });
        List<RouteDocument> routes = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        for (int i = 0; i < written.size(); i++) {
            String place = "/routes/" + i;
            try {
                RouteDocument route = RouteDocument.read(written.get(i));
                refuseTwice(route, place, places, violations);
                routes.add(route);
            } catch (InvalidSpecException e) {
                e.violations().forEach(violation -> violations.add(violation.below(place)));
            }
        }
        return routes;
    }

    private static void refuseTwice(
            RouteDocument route, String place, Map<String, String> places, List<Violation> violations) {
        String sameId = places.putIfAbsent("id=" + route.id(), place);
        if (sameId != null) {
            violations.add(new Violation(place + "/id", "is the id of " + sameId + " too: \"" + route.id() + '"'));
        }
        String sameMatch = places.putIfAbsent(route.canonicalMatch(), place);
        if (sameMatch != null) {
            violations.add(new Violation(place + "/match", "takes exactly the requests that " + sameMatch + " takes"));
        }
    }

    private static @Nullable DefaultsDocument defaults(JsonNode json, List<Violation> violations) {
        JsonNode written = json.path("defaults");
        if (written.isMissingNode() || written.isNull()) {
            return null;
        }
        try {
            return DefaultsDocument.read(written);
        } catch (InvalidSpecException e) {
            e.violations().forEach(violation -> violations.add(violation.below("/defaults")));
            return null;
        }
    }
}
