package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.DataSize;
import dev.pintle.config.Durations;
import dev.pintle.history.SettingLayers.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the effective settings that changes of documents alter. An edit of the defaults affects many routes. */
final class EffectiveDiff {
    private static final String BUILT_IN = "built-in";

    private final SettingLayers layers;
    private final JsonNode defaultsBefore;
    private final JsonNode defaultsAfter;
    private final List<EffectiveChange> changes = new ArrayList<>();

    private EffectiveDiff(SettingLayers layers, JsonNode defaultsBefore, JsonNode defaultsAfter) {
        this.layers = layers;
        this.defaultsBefore = defaultsBefore;
        this.defaultsAfter = defaultsAfter;
    }

    /**
     * Returns the settings that differ on routes of both sides, by route and pointer.
     *
     * @param before the configuration before the changes; the routes may be omitted when the defaults do not change
     */
    static List<EffectiveChange> of(SettingLayers layers, ConfigurationDocuments before, List<DocumentDelta> deltas) {
        SortedMap<String, DocumentDelta> affected = new TreeMap<>();
        deltas.stream().filter(DocumentDelta::isRoute).forEach(delta -> affected.put(delta.id(), delta));
        JsonNode defaultsAfter = defaultsAfter(before, deltas);
        if (!before.defaults().equals(defaultsAfter)) {
            before.routes()
                    .forEach((id, route) ->
                            affected.putIfAbsent(id, new DocumentDelta(DocumentDelta.ROUTE, id, route, route)));
        }
        EffectiveDiff diff = new EffectiveDiff(layers, before.defaults(), defaultsAfter);
        affected.values().forEach(diff::add);
        return diff.changes;
    }

    private static JsonNode defaultsAfter(ConfigurationDocuments before, List<DocumentDelta> deltas) {
        return deltas.stream()
                .filter(DocumentDelta::isDefaults)
                .flatMap(delta -> Optional.ofNullable(delta.after()).stream())
                .findFirst()
                .orElse(before.defaults());
    }

    private void add(DocumentDelta route) {
        if (route.before() == null || route.after() == null) {
            return;
        }
        SortedMap<String, Setting> before = layers.resolve(route.before(), defaultsBefore);
        SortedMap<String, Setting> after = layers.resolve(route.after(), defaultsAfter);
        NavigableSet<String> pointers = new TreeSet<>(before.keySet());
        pointers.addAll(after.keySet());
        for (String pointer : pointers) {
            JsonNode from = value(before.get(pointer));
            JsonNode to = value(after.get(pointer));
            if (!isSame(from, to)) {
                changes.add(new EffectiveChange(route.id(), pointer, from, to, origin(after.get(pointer))));
            }
        }
    }

    private static @Nullable JsonNode value(@Nullable Setting setting) {
        return setting == null ? null : setting.value();
    }

    /** Returns the origin of a setting; a setting that is off counts as built-in. */
    private static String origin(@Nullable Setting setting) {
        return setting == null ? BUILT_IN : setting.origin();
    }

    /** Whether two values have the same effect, such as {@code 60s} and {@code 1m}. */
    private static boolean isSame(@Nullable JsonNode one, @Nullable JsonNode other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.equals(other) || isSame(one, other, Durations::parse) || isSame(one, other, DataSize::parse);
    }

    private static boolean isSame(JsonNode one, JsonNode other, Function<String, ? extends Optional<?>> parse) {
        Optional<?> value = parse.apply(one.asText());
        return value.isPresent() && value.equals(parse.apply(other.asText()));
    }
}
