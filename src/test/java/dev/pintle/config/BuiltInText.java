package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Built-in values in the generated pages of the reference. */
public final class BuiltInText {
    private BuiltInText() {}

    /**
     * The value as code, empty for none.
     *
     * @param value null for a key without a built-in value
     */
    public static String of(@Nullable JsonNode value) {
        if (value == null) {
            return "";
        }
        Stream<JsonNode> values = value.isArray() ? value.valueStream() : Stream.of(value);
        return values.map(one -> '`' + one.asText() + '`').collect(Collectors.joining(", "));
    }
}
