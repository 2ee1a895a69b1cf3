package dev.pintle.admin.openapi;

import dev.pintle.config.BuiltInDefaults;
import dev.pintle.config.DataSize;
import dev.pintle.config.Durations;
import dev.pintle.config.MatchSpec;
import dev.pintle.config.RouteSpec;
import dev.pintle.config.TargetSpec;
import dev.pintle.config.UpstreamSpec;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators write, as schemas of OpenAPI. The records are the schema; what is built in are its defaults. */
final class SpecSchemas {
    private static final Map<Class<?>, List<String>> REQUIRED = Map.of(
            RouteSpec.class, List.of("match", "upstream"),
            MatchSpec.class, List.of("path"),
            UpstreamSpec.class, List.of("targets"),
            TargetSpec.class, List.of("url"));

    private final Map<Class<?>, Object> builtIn = new HashMap<>();

    SpecSchemas() {
        Arrays.stream(BuiltInDefaults.VALUES.getClass().getRecordComponents())
                .map(block -> value(block, BuiltInDefaults.VALUES))
                .forEach(this::addBuiltIn);
        addBuiltIn(BuiltInDefaults.HEALTH_CHECK);
        addBuiltIn(BuiltInDefaults.EJECTION);
    }

    private void addBuiltIn(@Nullable Object block) {
        if (block != null) {
            builtIn.put(block.getClass(), block);
        }
    }

    /** An object of the record's components and no others. */
    Schema<?> of(Class<?> type) {
        Schema<?> schema = new ObjectSchema().required(REQUIRED.get(type));
        schema.setAdditionalProperties(false);
        Object defaults = builtIn.get(type);
        for (RecordComponent component : type.getRecordComponents()) {
            Schema<?> property = of(component.getGenericType());
            Object value = defaults == null ? null : written(value(component, defaults));
            if (value != null) {
                property.setDefault(value);
            }
            schema.addProperty(component.getName(), property);
        }
        return schema;
    }

    private Schema<?> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? new ArraySchema().items(of(generic.getActualTypeArguments()[0]))
                    : new MapSchema().additionalProperties(new StringSchema());
        }
        if (type == String.class) {
            return new StringSchema();
        }
        if (type == Boolean.class) {
            return new BooleanSchema();
        }
        if (type == Integer.class) {
            return new IntegerSchema();
        }
        if (type == Duration.class) {
            return new StringSchema()
                    .description("A whole number and ms, s, m, h or d.")
                    .example("250ms");
        }
        if (type == DataSize.class) {
            return new StringSchema()
                    .description("A whole number and B, KiB, MiB, GiB, KB, MB or GB.")
                    .example("64KiB");
        }
        return of((Class<?>) type);
    }

    private static @Nullable Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    /** A value as an operator would write it; an empty text cannot be written. */
    private static @Nullable Object written(@Nullable Object value) {
        return switch (value) {
            case Duration duration -> Durations.format(duration);
            case DataSize size -> size.bytes() + "B";
            case String text when text.isEmpty() -> null;
            case null -> null;
            default -> value;
        };
    }
}
