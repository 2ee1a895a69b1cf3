package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The valid documents of a file that is imported. Immutable.
 *
 * @param routes in the order of the file; no two have the same id or the same match
 * @param defaults null when the file has none
 * @param revision the revision that the file was exported at; absent when it does not say
 */
public record ImportFile(
        List<RouteDocument> routes, @Nullable DefaultsDocument defaults, OptionalLong revision) {
    private static final List<String> KEYS = List.of("routes", "defaults", "revision");

    public ImportFile {
        routes = List.copyOf(routes);
    }

    /**
     * Reads what {@code GET /routes} and the export write, or a simple route file.
     *
     * @param validator of the documents; a file without defaults leaves those of the validator in place
     * @throws InvalidSpecException with all violations of the file
     */
    public static ImportFile of(JsonNode json, DocumentValidator validator) throws InvalidSpecException {
        Violations violations = new Violations();
        ImportFile read = SimpleRouteFile.isSimple(json)
                ? new ImportFile(SimpleRouteFile.routes(json, validator, violations), null, OptionalLong.empty())
                : exported(json, validator, violations);
        if (!violations.found().isEmpty()) {
            throw new InvalidSpecException(violations.found());
        }
        return read;
    }

    private static ImportFile exported(JsonNode json, DocumentValidator validator, Violations violations) {
        DefaultsDocument defaults = defaults(json, validator, violations);
        DocumentValidator ofRoutes = defaults == null ? validator : validator.withDefaults(defaults.settings());
        return new ImportFile(routes(json, ofRoutes, violations), defaults, revision(json, violations));
    }

    private static OptionalLong revision(JsonNode json, Violations violations) {
        JsonNode written = json.path("revision");
        if (written.isMissingNode() || written.isNull()) {
            return OptionalLong.empty();
        }
        if (!written.isIntegralNumber() || !written.canConvertToLong() || written.longValue() < 0) {
            violations.add("/revision", "must be the number of a revision, as the export writes it, or left out");
            return OptionalLong.empty();
        }
        return OptionalLong.of(written.longValue());
    }

    private static List<RouteDocument> routes(JsonNode json, DocumentValidator validator, Violations violations) {
        JsonNode written = json.path("routes");
        if (!written.isArray()) {
            violations.add(
                    "/routes",
                    "must be a list of routes, as the export writes it; or let all keys of the file be paths:"
                            + " {\"/users\": {\"backend\": \"http://localhost:5001\"}}");
            return List.of();
        }
        refuseUnknownKeys(json, violations);
        List<RouteDocument> routes = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        for (int i = 0; i < written.size(); i++) {
            String place = "/routes/" + i;
            try {
                RouteDocument route = validator.route(written.get(i));
                refuseDuplicate(route, place, places, violations);
                routes.add(route);
            } catch (InvalidSpecException e) {
                violations.addAll(place, e.violations());
            }
        }
        return routes;
    }

    private static void refuseUnknownKeys(JsonNode json, Violations violations) {
        json.fieldNames().forEachRemaining(name -> {
            if (!KEYS.contains(name)) {
                violations.add(
                        JsonPointers.child("", name), "is not a known key; known here: " + String.join(", ", KEYS));
            }
        });
    }

    private static void refuseDuplicate(
            RouteDocument route, String place, Map<String, String> places, Violations violations) {
        String sameId = places.putIfAbsent("id " + route.id(), place);
        if (sameId != null) {
            violations.add(place + "/id", "is also the id of " + sameId + ": \"" + route.id() + '"');
        }
        String sameMatch = places.putIfAbsent(route.canonicalMatch(), place);
        if (sameMatch != null) {
            violations.add(place + "/match", "takes exactly the requests that " + sameMatch + " takes");
        }
    }

    private static @Nullable DefaultsDocument defaults(
            JsonNode json, DocumentValidator validator, Violations violations) {
        if (!json.hasNonNull("defaults")) {
            return null;
        }
        try {
            return validator.defaults(json.get("defaults"));
        } catch (InvalidSpecException e) {
            violations.addAll("/defaults", e.violations());
            return null;
        }
    }
}
