package dev.pintle.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates the exceptions of Jackson's parser into words for people who do not know Jackson. */
final class JsonFaults {
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);

    /** A hint at a switch of Jackson's API. */
    private static final Pattern HINT =
            Pattern.compile("\\s*([:,;(][^:,;(]*`|: maybe a \\(non-standard\\) comment).*", Pattern.DOTALL);

    private JsonFaults() {}

    /** The limit that a document exceeds, as a sentence without its subject. */
    static String limit(StreamConstraintsException fault, int deepest) {
        return fault.getOriginalMessage().contains("nesting")
                ? "must not be nested deeper than " + deepest + " levels"
                : "must not contain a number, a string or a key of this length";
    }

    /** The fault of a text that is not JSON. */
    static String describe(JsonProcessingException fault) {
        String message = fault.getOriginalMessage();
        Matcher duplicate = DUPLICATE.matcher(message);
        if (duplicate.matches()) {
            return "the key " + Truncated.quoted(duplicate.group(1)) + " occurs twice in its object";
        }
        return switch (fault) {
            case JsonEOFException end -> "the text ends inside a value";
            case MismatchedInputException trailing -> "the text goes on after the value";
            default -> HINT.matcher(message).replaceFirst("");
        };
    }
}
