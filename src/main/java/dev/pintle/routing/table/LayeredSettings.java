package dev.pintle.routing.table;

import dev.pintle.config.BuiltInDefaults;
import dev.pintle.config.DefaultsSpec;
import dev.pintle.config.PolicySpecs;
import dev.pintle.config.RouteSpec;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a value comes from: the route, else the defaults, else what is built in. Each value on its own, not block by block. */
public final class LayeredSettings {
    private final List<PolicySpecs> written;

    public LayeredSettings(RouteSpec route, DefaultsSpec defaults) {
        written = List.of(route, defaults);
    }

    /** Whether anybody wrote the block: most policies take part only then. */
    public <B> boolean given(Function<PolicySpecs, @Nullable B> block) {
        return written.stream().anyMatch(specs -> block.apply(specs) != null);
    }

    /** The value that holds. */
    <B, V> V value(Function<PolicySpecs, @Nullable B> block, Function<B, @Nullable V> field) {
        V value = valueOrNull(block, field);
        B builtIn = block.apply(BuiltInDefaults.VALUES);
        return value != null || builtIn == null
                ? Objects.requireNonNull(value)
                : Objects.requireNonNull(field.apply(builtIn));
    }

    /** The value that was written, if any was. */
    <B, V> @Nullable V valueOrNull(Function<PolicySpecs, @Nullable B> block, Function<B, @Nullable V> field) {
        for (PolicySpecs specs : written) {
            B found = block.apply(specs);
            V value = found == null ? null : field.apply(found);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
