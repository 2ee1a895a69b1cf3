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

/** Makes documents that will run of what clients send. What they did not write stays unwritten, but for a route's id. */
public final class RouteRequestValidator {
    private static final String ID = "id";

    private final ConfigurationSync sync;
    private final EffectiveRouteValidator dryRun;
    private final DefaultsValidator defaults;

    public RouteRequestValidator(ConfigurationSync sync, EffectiveRouteValidator dryRun) {
        this.sync = sync;
        this.dryRun = dryRun;
        this.defaults = new DefaultsValidator(dryRun);
    }

    /** Whether a route says what its id is. */
    static boolean namesItself(JsonNode json) {
        return json.hasNonNull(ID);
    }

    /** An id for a route that has none: one that is free as far as this node knows. */
    String freeId(JsonNode json) {
        String path = json.path("match").path("path").asText();
        return RouteIds.fromPath(path, id -> sync.current().hasRoute(id));
    }

    /** The route with its id in the first place, where it had none. */
    static JsonNode named(JsonNode json, String id) {
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
     * The route of that id.
     *
     * @throws InvalidSpecException with every fault of it; having another id is one
     */
    RouteDocument route(JsonNode json, String id) throws InvalidSpecException {
        JsonNode named = named(json, id);
        List<Violation> faults = new ArrayList<>(faults(named));
        if (!named.path(ID).asText(id).equals(id)) {
            faults.addFirst(new Violation("/id", "must be \"" + id + "\", as in the path of the request, or left out"));
        }
        if (!faults.isEmpty()) {
            throw new InvalidSpecException(faults);
        }
        return RouteSchema.READER.route(named);
    }

    /** Every fault of a route. */
    List<Violation> faults(JsonNode json) {
        try {
            return dryRun.violations(
                    RouteSchema.READER.route(json),
                    DefaultsValidator.stored(sync.current().defaults()));
        } catch (InvalidSpecException e) {
            return e.violations();
        }
    }

    /**
     * Defaults that all routes which run now can live with.
     *
     * @throws InvalidSpecException with every fault, in the defaults or in the routes that they would break
     */
    DefaultsDocument defaults(JsonNode json) throws InvalidSpecException {
        DefaultsDocument proposed = RouteSchema.READER.defaults(json);
        Configuration current = sync.current();
        List<Violation> faults = defaults.faults(
                proposed,
                DefaultsValidator.stored(current.defaults()),
                current.routes().values());
        if (!faults.isEmpty()) {
            throw new InvalidSpecException(faults);
        }
        return proposed;
    }
}
