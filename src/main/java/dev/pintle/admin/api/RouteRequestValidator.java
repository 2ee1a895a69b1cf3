package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.RouteIds;
import dev.pintle.config.Violation;
import dev.pintle.routing.table.EffectiveRouteValidator;
import dev.pintle.sync.ConfigurationSync;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Validates the documents of requests against the active configuration. Adds an id to a route without one, and nothing
 * else.
 */
public final class RouteRequestValidator {
    private static final String ID = "id";

    private final ConfigurationSync sync;
    private final EffectiveRouteValidator validator;

    public RouteRequestValidator(ConfigurationSync sync, EffectiveRouteValidator validator) {
        this.sync = sync;
        this.validator = validator;
    }

    /** Derives an unused id for a route without one. */
    String unusedId(JsonNode json) {
        JsonNode match = json.path("match");
        String path = match.path(match.has("path") ? "path" : "template").asText();
        return RouteIds.fromPath(path, id -> sync.current().hasRoute(id));
    }

    /**
     * Parses a route that is written under an id.
     *
     * @throws InvalidSpecException with all violations, including another id in the document
     */
    RouteDocument route(JsonNode json, String id) throws InvalidSpecException {
        JsonNode withId = DocumentIds.withId(json, id);
        List<Violation> violations = new ArrayList<>();
        if (withId.path(ID).isTextual() && !withId.path(ID).textValue().equals(id)) {
            violations.add(DocumentIds.mismatch(id));
        }
        try {
            RouteDocument route = validator.under(sync.current()).route(withId);
            if (violations.isEmpty()) {
                return route;
            }
        } catch (InvalidSpecException e) {
            violations.addAll(e.violations());
        }
        throw new InvalidSpecException(violations);
    }

    /** Parses a route that is only validated. Adds an unused id if it has none. */
    RouteDocument proposed(JsonNode json) throws InvalidSpecException {
        return route(json, json.path(ID).asText(unusedId(json)));
    }

    /** Returns a violation if another route has the same match. */
    Optional<Violation> conflict(RouteDocument route) {
        return sync.current().routes().entrySet().stream()
                .filter(stored -> !stored.getKey().equals(route.id()))
                .filter(stored -> hasMatch(stored.getValue().json(), route))
                .findFirst()
                .map(stored -> new Violation(
                        "/match", "matches exactly the same requests as route \"" + stored.getKey() + "\""));
    }

    private boolean hasMatch(JsonNode stored, RouteDocument route) {
        JsonNode path = stored.at("/match/path");
        if (path.isTextual()
                && route.match().path() != null
                && !path.textValue().equals(route.match().path())) {
            return false;
        }
        try {
            return validator.documents().route(stored).canonicalMatch().equals(route.canonicalMatch());
        } catch (InvalidSpecException e) {
            return false;
        }
    }

    /**
     * Parses defaults.
     *
     * @throws InvalidSpecException with all violations, in the defaults or in routes that they would make invalid
     */
    DefaultsDocument defaults(JsonNode json) throws InvalidSpecException {
        Configuration current = sync.current();
        DefaultsDocument proposed = validator.under(current).defaults(json);
        List<Violation> brokenRoutes = validator.brokenBy(proposed, current, List.of());
        if (!brokenRoutes.isEmpty()) {
            throw new InvalidSpecException(brokenRoutes);
        }
        return proposed;
    }
}
