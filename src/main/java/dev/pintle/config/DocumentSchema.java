package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys of documents, in addition to those of {@link RouteSpec}.
 *
 * @param outcomes the keys of routes that say what happens to requests; a route has exactly one
 * @param layered the keys of routes and of the defaults
 */
public record DocumentSchema(List<SettingsType<?>> outcomes, List<SettingsType<?>> layered) {
    /** Leaves out types without components, because documents have no key for them. */
    public DocumentSchema {
        outcomes = withKeys(outcomes);
        layered = withKeys(layered);
    }

    /** Reports a route that has none of the {@code outcomes}, or several. */
    void requireOutcome(JsonNode route, Violations violations) {
        List<String> keys = outcomes.stream().map(SettingsType::key).toList();
        List<String> present = keys.stream().filter(route::hasNonNull).toList();
        if (present.isEmpty() && !keys.isEmpty()) {
            violations.add(
                    '/' + keys.getFirst(),
                    "is missing; say where requests go: {\"targets\": [{\"url\": \"http://localhost:5001\"}]}. A route has one of "
                            + String.join(", ", keys));
        }
        present.stream()
                .skip(1)
                .forEach(key -> violations.add(
                        '/' + key, "must not stand beside " + present.getFirst() + "; a route has one of them"));
    }

    /** All keys of routes. */
    public List<SettingsType<?>> ofRoutes() {
        return Stream.concat(outcomes.stream(), layered.stream()).toList();
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
