package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys of documents, in addition to those of {@link RouteSpec}.
 *
 * @param routeOnly the keys of routes only
 * @param layered the keys of routes and of the defaults
 */
public record DocumentSchema(List<SettingsType<?>> routeOnly, List<SettingsType<?>> layered) {
    /** Leaves out types without components, because documents have no key for them. */
    public DocumentSchema {
        routeOnly = withKeys(routeOnly);
        layered = withKeys(layered);
    }

    /** All keys of routes. */
    public List<SettingsType<?>> ofRoutes() {
        return Stream.concat(routeOnly.stream(), layered.stream()).toList();
    }

    /** The built-in values as JSON, by key. */
    public ObjectNode builtIn() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (SettingsType<?> type : ofRoutes()) {
            Record builtIn = SpecShape.of(type.spec()).builtIn();
            JsonNode values = SpecWriter.json(builtIn);
            if (!values.isEmpty()) {
                json.set(type.key(), values);
            }
        }
        return json;
    }

    private static List<SettingsType<?>> withKeys(List<SettingsType<?>> types) {
        return types.stream()
                .filter(type -> !SpecShape.of(type.spec()).components().isEmpty())
                .toList();
    }
}
