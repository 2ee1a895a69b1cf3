package dev.pintle.config;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Combines the settings of a route, the defaults and the built-in values, key by key. A value of the route overrides
 * one of the defaults, which overrides the built-in one. A list or a map is replaced as a whole. Immutable.
 */
public final class LayeredSettings {
    private final Specs route;
    private final Specs defaults;

    /** Creates the settings of one route. */
    public LayeredSettings(Specs route, Specs defaults) {
        this.route = route;
        this.defaults = defaults;
    }

    /** Returns whether the route or the defaults contain the key. */
    public boolean contains(SettingsType<?> type) {
        return route.get(type) != null || defaults.get(type) != null;
    }

    /** Returns the effective values of a key; the built-in ones when no document has the key. */
    public <S extends Record> Settings<S> of(SettingsType<S> type) {
        SpecShape<S> shape = SpecShape.of(type.spec());
        Map<Origin, Record> layers = new EnumMap<>(Origin.class);
        put(layers, Origin.ROUTE, route.get(type));
        put(layers, Origin.DEFAULTS, defaults.get(type));
        put(layers, Origin.BUILT_IN, shape.builtIn());
        Map<String, Origin> origins = new LinkedHashMap<>();
        for (SpecComponent component : shape.components()) {
            layers.entrySet().stream()
                    .filter(layer -> component.value(layer.getValue()) != null)
                    .findFirst()
                    .ifPresent(layer -> origins.put(component.name(), layer.getKey()));
        }
        return new Settings<>(combined(shape, List.copyOf(layers.values())), origins);
    }

    private static void put(Map<Origin, Record> layers, Origin origin, @Nullable Record spec) {
        if (spec != null) {
            layers.put(origin, spec);
        }
    }

    private static <R extends Record> R combined(SpecShape<R> shape, List<? extends Record> layers) {
        return shape.create(shape.components().stream()
                .map(component -> combined(component, layers))
                .toArray());
    }

    private static @Nullable Object combined(SpecComponent component, List<? extends Record> layers) {
        List<Object> values = layers.stream()
                .flatMap(layer -> Stream.ofNullable(component.value(layer)))
                .toList();
        if (values.isEmpty()) {
            return null;
        }
        return switch (values.getFirst()) {
            case DataSize size -> size;
            case Record nested ->
                completed(nested, values.stream().map(Record.class::cast).toList());
            case List<?> list -> list.stream().map(LayeredSettings::completed).toList();
            case Object value -> value;
        };
    }

    private static Object completed(Object element) {
        return element instanceof Record spec ? completed(spec, List.of(spec)) : element;
    }

    private static Record completed(Record nearest, List<Record> layers) {
        SpecShape<?> shape = SpecShape.of(nearest.getClass());
        return combined(
                shape,
                Stream.concat(layers.stream(), Stream.of(shape.builtIn())).toList());
    }
}
