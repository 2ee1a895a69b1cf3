package dev.pintle.routing.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.BuiltInDefaults;
import dev.pintle.config.DataSize;
import dev.pintle.config.DefaultsSpec;
import dev.pintle.config.Durations;
import dev.pintle.config.PolicySpecs;
import dev.pintle.config.RouteSpec;
import dev.pintle.routing.explain.Explanation;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values that a policy goes by, each with where it comes from, for people to read. */
public final class SettingOrigins {
    /** Which block of a route each policy goes by; the others have nothing to set. */
    private static final Map<String, Function<PolicySpecs, @Nullable Object>> BLOCKS = Map.of(
            "rateLimits", PolicySpecs::rateLimit,
            "maxRequestBody", PolicySpecs::maxRequestBody,
            "concurrency", PolicySpecs::concurrency,
            "rewrite", PolicySpecs::rewrite,
            "forwarding", PolicySpecs::rewrite,
            "timeout", PolicySpecs::timeout,
            "retry", PolicySpecs::retry,
            "circuitBreaker", PolicySpecs::circuitBreaker);

    private final SequencedMap<String, PolicySpecs> layers = new LinkedHashMap<>();

    public SettingOrigins(RouteSpec route, DefaultsSpec defaults) {
        layers.put("route", route);
        layers.put("defaults", defaults);
        layers.put("built-in", BuiltInDefaults.VALUES);
    }

    public Explanation.Step of(String policy) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        ObjectNode origins = JsonNodeFactory.instance.objectNode();
        Function<PolicySpecs, @Nullable Object> block = BLOCKS.get(policy);
        if (block != null) {
            layers.forEach((origin, specs) -> add(block.apply(specs), origin, values, origins));
        }
        return new Explanation.Step(policy, values, origins);
    }

    /** Adds what no layer above said. */
    private static void add(@Nullable Object block, String origin, ObjectNode values, ObjectNode origins) {
        if (block instanceof DataSize size) {
            put("maxRequestBody", size, origin, values, origins);
        } else if (block != null) {
            for (RecordComponent component : block.getClass().getRecordComponents()) {
                put(component.getName(), value(component, block), origin, values, origins);
            }
        }
    }

    private static void put(String name, @Nullable Object value, String origin, ObjectNode values, ObjectNode origins) {
        if (value != null && !values.has(name)) {
            origins.put(name, origin);
            switch (value) {
                case Duration duration -> values.put(name, Durations.format(duration));
                case DataSize size -> values.put(name, size.bytes() + "B");
                case Integer number -> values.put(name, number);
                case Boolean truth -> values.put(name, truth);
                case List<?> list -> addAll(values.putArray(name), list);
                default -> values.put(name, value.toString());
            }
        }
    }

    private static void addAll(ArrayNode array, List<?> values) {
        values.forEach(value -> array.add(String.valueOf(value)));
    }

    private static @Nullable Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
