package dev.pintle.app;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that may refer to environment variables.
 *
 * <ul>
 *   <li><code>${NAME}</code>: the value, which must be set
 *   <li><code>${NAME:-DEFAULT}</code>: the value; DEFAULT when the variable is not set or empty
 *   <li><code>$${</code>: the characters <code>${</code>
 * </ul>
 *
 * A value is taken byte for byte: whatever it holds is no reference.
 */
record EnvironmentReferences(String text) {
    private static final String START = "${";
    private static final Pattern REFERENCE =
            Pattern.compile("\\$(?:\\$\\{|\\{(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>[^}]*))?})?)");

    /** Whether there is anything to resolve. */
    boolean isEmpty() {
        return !text.contains(START);
    }

    /** Whether the text is one reference, and nothing beside it. */
    boolean isSingle() {
        return REFERENCE.matcher(text).matches();
    }

    /** The name of the first variable; null when there is none. */
    @Nullable
    String firstName() {
        return REFERENCE
                .matcher(text)
                .results()
                .map(reference -> reference.group("name"))
                .filter(name -> name != null)
                .findFirst()
                .orElse(null);
    }

    /**
     * The text with the values in place of the references.
     *
     * @param environment the value of a variable; null when the variable is not set
     * @throws IllegalArgumentException with a sentence that holds no value, when a variable is missing or a reference is
     *     malformed
     */
    String resolve(UnaryOperator<@Nullable String> environment) {
        return REFERENCE
                .matcher(text)
                .replaceAll(reference -> Matcher.quoteReplacement(resolve(reference, environment)));
    }

    private static String resolve(MatchResult reference, UnaryOperator<@Nullable String> environment) {
        if (reference.group().startsWith("$$")) {
            return START;
        }
        String name = reference.group("name");
        if (name == null) {
            throw new IllegalArgumentException("\"${\" must start a reference such as ${NAME} or ${NAME:-default};"
                    + " \"$${\" stands for the characters themselves");
        }
        String value = environment.apply(name);
        String otherwise = reference.group("default");
        if (otherwise != null) {
            return value == null || value.isEmpty() ? otherwise : value;
        }
        if (value == null) {
            throw new IllegalArgumentException(
                    "the environment variable " + name + " is not set; set it, or write ${" + name + ":-default}");
        }
        return value;
    }
}
