package dev.pintle.admin.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.DataSize;
import dev.pintle.config.DataSizeRange;
import dev.pintle.config.DocumentSchema;
import dev.pintle.config.DurationRange;
import dev.pintle.config.EntityKind;
import dev.pintle.config.Keywords;
import dev.pintle.config.Required;
import dev.pintle.config.RouteSpec;
import dev.pintle.config.SettingsType;
import dev.pintle.config.SpecComponent;
import dev.pintle.config.SpecShape;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/**
 * Creates the OpenAPI schemas of documents; bounds, defaults and descriptions come from the annotations of the spec
 * records.
 */
final class SpecSchemas {
    private SpecSchemas() {}

    static Schema<?> route(DocumentSchema documents) {
        Schema<?> route = object(SpecShape.of(RouteSpec.class));
        // The path of the request names the id, and POST derives it.
        route.getRequired().remove("id");
        documents.ofRoutes().forEach(type -> add(type, route));
        documents.outcomes().forEach(type -> route.addOneOfItem(new Schema<>().addRequiredItem(type.key())));
        return route;
    }

    /** A document that routes refer to. The path of the request names its id. */
    static Schema<?> entity(EntityKind kind) {
        Schema<?> entity = object(SpecShape.of(kind.spec()));
        entity.setRequired(null);
        return entity.description(SpecShape.of(kind.spec()).description());
    }

    static Schema<?> defaults(DocumentSchema documents) {
        Schema<?> defaults = new ObjectSchema();
        defaults.setAdditionalProperties(false);
        documents.layered().forEach(type -> add(type, defaults));
        return defaults;
    }

    private static void add(SettingsType<?> type, Schema<?> document) {
        document.addProperty(type.key(), record(type.spec()));
    }

    private static Schema<?> record(Class<? extends Record> type) {
        SpecShape<?> shape = SpecShape.of(type);
        SpecComponent sole = shape.singleValue();
        Schema<?> schema = sole == null ? object(shape) : component(sole);
        return schema.description(shape.description());
    }

    private static Schema<?> object(SpecShape<?> shape) {
        Schema<?> object = new ObjectSchema();
        object.setAdditionalProperties(false);
        for (SpecComponent component : shape.components()) {
            object.addProperty(component.name(), component(component));
            component.annotation(Required.class).ifPresent(required -> object.addRequiredItem(component.name()));
        }
        return object;
    }

    private static Schema<?> component(SpecComponent component) {
        Schema<?> schema = value(component.type(), component.elementType());
        if (!component.description().isEmpty()) {
            schema.setDescription(component.description());
        }
        bounds(component, schema);
        Schema<?> items = schema.getItems();
        if (items != null) {
            component.elementAnnotation(Pattern.class).ifPresent(pattern -> items.setPattern(anchored(pattern)));
        }
        setDefault(schema, component.builtIn());
        return schema;
    }

    private static Schema<?> value(Type type, @Nullable Type element) {
        if (element != null) {
            Schema<?> elements = value(element, null);
            return isMap(type) ? new MapSchema().additionalProperties(elements) : new ArraySchema().items(elements);
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
            return new StringSchema().example("250ms");
        }
        if (type == DataSize.class) {
            return new StringSchema().example("64KiB");
        }
        if (type == ObjectNode.class) {
            return new ObjectSchema();
        }
        return type instanceof ParameterizedType list
                ? new ArraySchema().items(value(list.getActualTypeArguments()[0], null))
                : named((Class<?>) type);
    }

    private static Schema<?> named(Class<?> type) {
        return type.isEnum()
                ? new StringSchema()
                        ._enum(Arrays.stream(type.getEnumConstants())
                                .map(Keywords::of)
                                .toList())
                : record(type.asSubclass(Record.class));
    }

    private static boolean isMap(Type type) {
        return type.getTypeName().startsWith(Map.class.getName());
    }

    private static void bounds(SpecComponent component, Schema<?> schema) {
        component.annotation(Min.class).ifPresent(min -> schema.setMinimum(BigDecimal.valueOf(min.value())));
        component.annotation(Max.class).ifPresent(max -> schema.setMaximum(BigDecimal.valueOf(max.value())));
        component.annotation(Pattern.class).ifPresent(pattern -> schema.setPattern(anchored(pattern)));
        component.annotation(CodePointLength.class).ifPresent(length -> schema.setMaxLength(length.max()));
        component.annotation(Size.class).ifPresent(size -> size(component.type(), size, schema));
        component.annotation(DurationRange.class).ifPresent(range -> append(schema, range.min(), range.max()));
        component.annotation(DataSizeRange.class).ifPresent(range -> append(schema, range.min(), range.max()));
    }

    private static void size(Type type, Size size, Schema<?> schema) {
        Integer max = size.max() == Integer.MAX_VALUE ? null : size.max();
        if (type == String.class) {
            schema.minLength(size.min()).maxLength(max);
        } else if (isMap(type)) {
            schema.minProperties(size.min()).maxProperties(max);
        } else {
            schema.minItems(size.min()).maxItems(max);
        }
    }

    private static void append(Schema<?> schema, String min, String max) {
        schema.setDescription(schema.getDescription() + " From " + min + " to " + max + '.');
    }

    private static String anchored(Pattern pattern) {
        return "^(" + pattern.regexp() + ")$";
    }

    private static void setDefault(Schema<?> schema, @Nullable JsonNode builtIn) {
        if (builtIn != null) {
            schema.setDefault(plain(builtIn));
        }
    }

    private static Object plain(JsonNode json) {
        return switch (json.getNodeType()) {
            case ARRAY -> json.valueStream().map(SpecSchemas::plain).toList();
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> json.intValue();
            default -> json.asText();
        };
    }
}
