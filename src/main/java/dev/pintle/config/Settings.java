package dev.pintle.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The effective values of one key for one route, each with its origin. Immutable. */
public final class Settings<S extends Record> {
    private final S effective;
    private final Map<String, Origin> origins;

    Settings(S effective, Map<String, Origin> origins) {
        this.effective = effective;
        this.origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
    }

    /**
     * Returns the value of a component that has a built-in value or is required.
     *
     * @param component the accessor of the record, such as {@code TimeoutSpec::total}
     */
    public <V> V get(Function<? super S, ? extends @Nullable V> component) {
        return Objects.requireNonNull(component.apply(effective));
    }

    /** Returns the value of a component; null when no document has one and none is built in. */
    public <V> @Nullable V find(Function<? super S, ? extends @Nullable V> component) {
        return component.apply(effective);
    }

    /** Returns the values in the format of the documents. */
    public ObjectNode values() {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        for (SpecComponent component : SpecShape.of(effective.getClass()).components()) {
            Object value = component.value(effective);
            if (value != null) {
                values.set(component.name(), SpecWriter.json(value));
            }
        }
        return values;
    }

    /** Returns the origin of each value, in the order of the components. */
    public Map<String, Origin> origins() {
        return origins;
    }

    S effective() {
        return effective;
    }
}
