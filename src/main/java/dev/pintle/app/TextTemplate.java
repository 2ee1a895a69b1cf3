package dev.pintle.app;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A text that may refer to environment variables.
 *
 * <ul>
 *   <li><code>${NAME}</code>: the value, which must be set
 *   <li><code>${NAME:-DEFAULT}</code>: the value, or DEFAULT when the variable is not set or empty; DEFAULT may hold references
 *   <li><code>$${</code>: the characters <code>${</code>
 * </ul>
 *
 * A value is taken byte for byte: whatever it holds is no reference.
 */
record TextTemplate(List<Part> parts) {
    /** One part of a template. */
    sealed interface Part {}

    /** Characters that stand for themselves. */
    record Literal(String text) implements Part {}

    /** A reference to a variable. */
    record Reference(String name, @Nullable TextTemplate otherwise) implements Part {}

    TextTemplate {
        parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException with a sentence, when a reference is malformed */
    static TextTemplate parse(String text) {
        return new TextTemplateParser(text).parse();
    }

    /** Whether the text is one reference and nothing beside it. */
    boolean isReference() {
        return parts.size() == 1 && parts.getFirst() instanceof Reference;
    }

    /** The names of the variables that the text refers to, outermost first. */
    Stream<String> names() {
        return parts.stream().flatMap(part -> switch (part) {
            case Literal literal -> Stream.empty();
            case Reference(String name, TextTemplate otherwise) ->
                Stream.concat(Stream.of(name), otherwise == null ? Stream.empty() : otherwise.names());
        });
    }

    /**
     * The text with values in place of the references.
     *
     * @param environment the value of a variable; null when the variable is not set
     * @throws IllegalArgumentException with a sentence that holds no value, when a variable is missing
     */
    String resolve(UnaryOperator<@Nullable String> environment) {
        return parts.stream()
                .map(part -> switch (part) {
                    case Literal literal -> literal.text();
                    case Reference reference -> resolve(reference, environment);
                })
                .collect(Collectors.joining());
    }

    private static String resolve(Reference reference, UnaryOperator<@Nullable String> environment) {
        String value = environment.apply(reference.name());
        TextTemplate otherwise = reference.otherwise();
        if (otherwise != null) {
            return value == null || value.isEmpty() ? otherwise.resolve(environment) : value;
        }
        if (value == null) {
            throw new IllegalArgumentException("the environment variable " + reference.name()
                    + " is not set; set it, or write ${" + reference.name() + ":-default}");
        }
        return value;
    }
}
