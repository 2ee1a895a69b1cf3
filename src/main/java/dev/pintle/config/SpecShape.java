package dev.pintle.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes a spec record by its components and their annotations. Safe for all threads. */
public final class SpecShape<R extends Record> {
    private static final ClassValue<SpecShape<?>> SHAPES = new ClassValue<>() {
        @Override
        protected SpecShape<?> computeValue(Class<?> type) {
            return new SpecShape<>(type.asSubclass(Record.class));
        }
    };

    private final Class<R> type;
    private final Constructor<R> constructor;
    private final List<SpecComponent> components;
    private volatile @Nullable R builtIn;

    private SpecShape(Class<R> type) {
        RecordComponent[] declared = type.getRecordComponents();
        this.type = type;
        this.constructor = constructor(type, declared);
        this.components = Arrays.stream(declared).map(SpecComponent::new).toList();
    }

    /** Returns the shape of a record class. */
    @SuppressWarnings("unchecked") // computeValue creates a SpecShape<R> for a Class<R>.
    public static <R extends Record> SpecShape<R> of(Class<R> type) {
        return (SpecShape<R>) SHAPES.get(type);
    }

    public List<SpecComponent> components() {
        return components;
    }

    /** The description for the reference; empty when the record has none. */
    public String description() {
        Schema schema = type.getAnnotation(Schema.class);
        return schema == null ? "" : schema.description();
    }

    /** The component whose JSON is the JSON of the whole record; null when the record is a JSON object. */
    public @Nullable SpecComponent singleValue() {
        return components.size() == 1 && components.getFirst().isJsonOfRecord() ? components.getFirst() : null;
    }

    /** Creates a record from values in the order of the components. */
    R create(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot create " + type, e);
        }
    }

    /** Returns the built-in values. */
    R builtIn() {
        R known = builtIn;
        if (known == null) {
            known = readBuiltIn();
            builtIn = known;
        }
        return known;
    }

    private R readBuiltIn() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        components.forEach(component -> json.set(component.name(), component.builtIn()));
        SpecReader reader = new SpecReader();
        R read = reader.components(json, "", this);
        if (!reader.violations().isEmpty()) {
            throw new IllegalStateException(type + " has an invalid default: " + reader.violations());
        }
        return read;
    }

    private static <R extends Record> Constructor<R> constructor(Class<R> type, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<R> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return canonical;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
    }
}
