package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.DocumentSchema;
import dev.pintle.config.SettingsType;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The settings that a route, the defaults and the gateway itself may give, in this order. Each key of a block resolves on its
 * own; lists and maps resolve whole.
 *
 * @param keys the top-level keys that have layers
 * @param standard those of them whose built-in values apply where neither a route nor the defaults give the key
 * @param builtIn the built-in values by top-level key
 */
public record SettingLayers(List<String> keys, Set<String> standard, ObjectNode builtIn) {
    private static final String ROUTE = "route";
    private static final String DEFAULTS = "defaults";
    private static final String BUILT_IN = "built-in";

    public SettingLayers {
        keys = List.copyOf(keys);
        standard = Set.copyOf(standard);
    }

    /** The layers of the keys that routes and the defaults have in common. */
    public static SettingLayers of(DocumentSchema schema) {
        List<String> keys = schema.layered().stream().map(SettingsType::key).toList();
        Set<String> standard = schema.layered().stream()
                .filter(SettingsType::standard)
                .map(SettingsType::key)
                .collect(Collectors.toSet());
        return new SettingLayers(keys, standard, schema.builtIn());
    }

    /**
     * One setting in effect.
     *
     * @param origin {@code route}, {@code defaults} or {@code built-in}
     */
    record Setting(JsonNode value, String origin) {}

    /** The settings in effect on a route, by JSON pointer into the route. */
    SortedMap<String, Setting> resolve(JsonNode route, JsonNode defaults) {
        SortedMap<String, Setting> settings = new TreeMap<>();
        for (String key : keys) {
            if (standard.contains(key) || route.hasNonNull(key) || defaults.hasNonNull(key)) {
                add(key, route.path(key), ROUTE, settings);
                add(key, defaults.path(key), DEFAULTS, settings);
                add(key, builtIn.path(key), BUILT_IN, settings);
            }
        }
        return settings;
    }

    /** Adds what no layer above gives. */
    private static void add(String key, JsonNode layer, String origin, SortedMap<String, Setting> settings) {
        if (layer instanceof ObjectNode block) {
            block.properties().forEach(property -> {
                if (!property.getValue().isNull()) {
                    String pointer = '/' + key + '/' + property.getKey();
                    settings.putIfAbsent(pointer, new Setting(property.getValue(), origin));
                }
            });
        } else if (!layer.isMissingNode() && !layer.isNull()) {
            settings.putIfAbsent('/' + key, new Setting(layer, origin));
        }
    }
}
