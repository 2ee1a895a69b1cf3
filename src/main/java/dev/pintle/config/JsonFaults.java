package dev.pintle.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates parser exceptions of Jackson into messages for operators. */
final class JsonFaults {
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);

    /** Matches the part of a message that recommends an option of Jackson's API. */
    private static final Pattern HINT =
            Pattern.compile("\\s*([:,;(][^:,;(]*`|: maybe a \\(non-standard\\) comment).*", Pattern.DOTALL);

    private JsonFaults() {}

    /** Describes the exceeded limit, as a sentence without its subject. */
    static String limit(StreamConstraintsException fault, int maxDepth) {
        return fault.getOriginalMessage().contains("nesting")
                ? "must not be nested deeper than " + maxDepth + " levels"
                : "must not contain a number, a string or a key of this length";
    }

    /** Describes why a text is not JSON. */
    static String describe(JsonProcessingException fault) {
        String message = fault.getOriginalMessage();
        Matcher duplicate = DUPLICATE.matcher(message);
        if (duplicate.matches()) {
            return "the key " + Truncated.quoted(duplicate.group(1)) + " occurs twice in its object";
        }
        return switch (fault) {
            case JsonEOFException end -> "the text ends inside a value";
            case MismatchedInputException trailing -> "the text continues after the value";
            default -> HINT.matcher(message).replaceFirst("");
        };
    }
}
