package dev.pintle.app;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explains an invalid value of a key, with key, variable and the valid values but without the value itself. */
final class WrongValue {
    private WrongValue() {}

    static String message(JsonMappingException error, ResolvedConfiguration configuration) {
        String key = key(error);
        String variable = configuration.variable(key);
        return (variable == null ? key : variable + " (" + key + ')') + " must be " + expected(error) + '.';
    }

    /** Returns the path of the key, such as {@code server.adminConnectors[0].port}. */
    private static String key(JsonMappingException error) {
        StringBuilder key = new StringBuilder();
        for (JsonMappingException.Reference step : error.getPath()) {
            if (step.getFieldName() == null) {
                key.append('[').append(step.getIndex()).append(']');
            } else {
                key.append(key.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return key.toString();
    }

    private static String expected(JsonMappingException error) {
        return switch (error) {
            case InvalidTypeIdException unknown -> "one of the types in docs/reference/configuration.md";
            case MismatchedInputException mismatch -> expected(mismatch.getTargetType());
            case ValueInstantiationException invalid ->
                expected(invalid.getType().getRawClass());
            default -> "a value that docs/reference/configuration.md describes";
        };
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "a value that docs/reference/configuration.md describes";
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        } else if (type == double.class || type == Double.class) {
            return "a number";
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (type == Duration.class) {
            return "a duration such as 5s or 500ms";
        } else if (type == DataSize.class) {
            return "a size such as 32KiB";
        } else if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        } else if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        } else if (type == String.class) {
            return "a text";
        } else if (Map.class.isAssignableFrom(type) || !type.getName().startsWith("java.")) {
            return "a block of keys";
        } else {
            return "a value that docs/reference/configuration.md describes";
        }
    }
}
