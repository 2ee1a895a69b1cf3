package dev.pintle.config;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One component of a spec record: a key, its type, its built-in value and its description. */
public final class SpecComponent {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RecordComponent component;

    SpecComponent(RecordComponent component) {
        this.component = component;
    }

    /** The key in JSON. */
    public String name() {
        return component.getName();
    }

    public Type type() {
        return component.getGenericType();
    }

    /** The description for the reference; empty when the record has none. */
    public String description() {
        return annotation(Schema.class).map(Schema::description).orElse("");
    }

    /** The built-in value in the format of the documents; null when there is none. */
    public @Nullable JsonNode builtIn() {
        String text = annotation(Schema.class).map(Schema::defaultValue).orElse("");
        return text.isEmpty() ? null : isText() ? TextNode.valueOf(text) : parsed(text);
    }

    /** The annotation of the component itself. */
    public <A extends Annotation> Optional<A> annotation(Class<A> type) {
        return Optional.ofNullable(component.getAccessor().getAnnotation(type));
    }

    /** The annotation of the elements of a list, or of the values of a map. */
    public <A extends Annotation> Optional<A> elementAnnotation(Class<A> type) {
        return component.getAnnotatedType() instanceof AnnotatedParameterizedType generic
                ? Optional.ofNullable(
                        last(generic.getAnnotatedActualTypeArguments()).getAnnotation(type))
                : Optional.empty();
    }

    /** The type of the elements of a list, or of the values of a map; null for any other type. */
    public @Nullable Type elementType() {
        return type() instanceof ParameterizedType generic ? last(generic.getActualTypeArguments()) : null;
    }

    /** The value in a record; null when the operator did not write it. */
    public @Nullable Object value(Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read " + component, e);
        }
    }

    /** Returns whether the JSON of the record is the JSON of this component. */
    boolean isJsonOfRecord() {
        return component.getAccessor().isAnnotationPresent(JsonValue.class);
    }

    private boolean isText() {
        return type() instanceof Class<?> plain
                && (plain == String.class || plain == Duration.class || plain == DataSize.class || plain.isEnum());
    }

    private JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the default of " + component + " is not JSON: " + text, e);
        }
    }

    private static <T> T last(T[] values) {
        return values[values.length - 1];
    }
}
