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
 * Resolves settings from the route, the defaults and the built-in values, in this order. Each key of a block resolves
 * separately; lists and maps resolve as a whole.
 *
 * @param keys the top-level keys that have layers
 * @param standard the keys whose built-in values apply when neither the route nor the defaults set them
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

    /** Creates the layers of the keys that routes and defaults share. */
    public static SettingLayers of(DocumentSchema schema) {
        List<String> keys = schema.layered().stream().map(SettingsType::key).toList();
        Set<String> standard = schema.layered().stream()
                .filter(SettingsType::standard)
                .map(SettingsType::key)
                .collect(Collectors.toSet());
        return new SettingLayers(keys, standard, schema.builtIn());
    }

    /**
     * One effective setting.
     *
     * @param origin {@code route}, {@code defaults} or {@code built-in}
     */
    record Setting(JsonNode value, String origin) {}

    /** Returns the effective settings of a route, by JSON pointer into the route. */
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

    /** Adds the settings of a layer that no higher layer sets. */
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
