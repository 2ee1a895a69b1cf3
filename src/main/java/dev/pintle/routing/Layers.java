package dev.pintle.routing;

import dev.pintle.route.BuiltIn;
import dev.pintle.route.DefaultsSpec;
import dev.pintle.route.PolicySpecs;
import dev.pintle.route.RouteSpec;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a value comes from: the route, else the defaults, else what is built in. Each value on its own, not block by block. */
final class Layers {
    private final List<PolicySpecs> written;

    Layers(RouteSpec route, DefaultsSpec defaults) {
        written = List.of(route, defaults);
    }

    /** Whether anybody wrote the block: most policies take part only then. */
    <B> boolean given(Function<PolicySpecs, @Nullable B> block) {
        return written.stream().anyMatch(specs -> block.apply(specs) != null);
    }

    /** The value that holds. */
    <B, V> V value(Function<PolicySpecs, @Nullable B> block, Function<B, @Nullable V> field) {
        V value = valueOrNull(block, field);
        B builtIn = block.apply(BuiltIn.VALUES);
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
