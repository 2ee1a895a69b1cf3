package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.RouteIds;
import dev.pintle.config.Violation;
import dev.pintle.routing.RouteSchema;
import dev.pintle.routing.table.EffectiveRouteValidator;
import dev.pintle.sync.ConfigurationSync;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Validates the documents of requests against the active configuration. A route without an id gets one; nothing else is added. */
public final class RouteRequestValidator {
    private static final String ID = "id";

    private final ConfigurationSync sync;
    private final EffectiveRouteValidator validator;

    public RouteRequestValidator(ConfigurationSync sync, EffectiveRouteValidator validator) {
        this.sync = sync;
        this.validator = validator;
    }

    /** Whether a route has an id. */
    static boolean namesItself(JsonNode json) {
        return json.hasNonNull(ID);
    }

    /** An id for a route that has none; no route of this node has it. */
    String freeId(JsonNode json) {
        JsonNode match = json.path("match");
        String path = match.path(match.has("path") ? "path" : "template").asText();
        return RouteIds.fromPath(path, id -> sync.current().hasRoute(id));
    }

    /** The route with the id as its first key, if it had none. */
    private static JsonNode named(JsonNode json, String id) {
        if (namesItself(json) || !(json instanceof ObjectNode object)) {
            return json;
        }
        ObjectNode named = JsonNodeFactory.instance.objectNode().put(ID, id);
        object.properties().stream()
                .filter(property -> !property.getKey().equals(ID))
                .forEach(property -> named.set(property.getKey(), property.getValue()));
        return named;
    }

    /**
     * Reads a route that is written under an id.
     *
     * @throws InvalidSpecException with all violations; another id in the document is one
     */
    RouteDocument route(JsonNode json, String id) throws InvalidSpecException {
        JsonNode named = named(json, id);
        List<Violation> violations = new ArrayList<>();
        if (named.path(ID).isTextual() && !named.path(ID).textValue().equals(id)) {
            violations.add(new Violation("/id", "must be \"" + id + "\", as in the path of the request, or left out"));
        }
        try {
            RouteDocument route = validator.under(sync.current()).route(named);
            if (violations.isEmpty()) {
                return route;
            }
        } catch (InvalidSpecException e) {
            violations.addAll(e.violations());
        }
        throw new InvalidSpecException(violations);
    }

    /** Reads a route that is not written; it gets a free id if it has none. */
    RouteDocument proposed(JsonNode json) throws InvalidSpecException {
        return route(json, json.path(ID).asText(freeId(json)));
    }

    /** All reasons for which a new route would be refused. */
    List<Violation> violations(JsonNode json) {
        try {
            RouteDocument route = proposed(json);
            return conflict(route).stream().toList();
        } catch (InvalidSpecException e) {
            return e.violations();
        }
    }

    private Optional<Violation> conflict(RouteDocument route) {
        return sync.current().routes().entrySet().stream()
                .filter(stored -> !stored.getKey().equals(route.id()))
                .filter(stored -> hasMatch(stored.getValue().json(), route))
                .findFirst()
                .map(stored -> new Violation(
                        "/match", "takes exactly the requests that route \"" + stored.getKey() + "\" takes"));
    }

    private static boolean hasMatch(JsonNode stored, RouteDocument route) {
        JsonNode path = stored.at("/match/path");
        if (path.isTextual()
                && route.match().path() != null
                && !path.textValue().equals(route.match().path())) {
            return false;
        }
        try {
            return RouteSchema.READER.route(stored).canonicalMatch().equals(route.canonicalMatch());
        } catch (InvalidSpecException e) {
            return false;
        }
    }

    /**
     * Reads defaults.
     *
     * @throws InvalidSpecException with all violations, in the defaults or in the routes that they would break
     */
    DefaultsDocument defaults(JsonNode json) throws InvalidSpecException {
        Configuration current = sync.current();
        DefaultsDocument proposed = validator.under(current).defaults(json);
        List<Violation> broken = validator.brokenBy(proposed, current, List.of());
        if (!broken.isEmpty()) {
            throw new InvalidSpecException(broken);
        }
        return proposed;
    }
}
