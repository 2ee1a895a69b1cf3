package dev.pintle.app;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A text with optional references to environment variables.
 *
 * <ul>
 * <li><code>${NAME}</code>: the value, which must be set
 * <li><code>${NAME:-DEFAULT}</code>: the value, or DEFAULT when the variable is unset or empty; DEFAULT may contain
 *     references
 * <li><code>$${</code>: the characters <code>${</code>
 * </ul>
 *
 * Values are literal: references inside a value are not resolved.
 */
record TextTemplate(List<Part> parts) {
    /** One part of a template. */
    sealed interface Part {}

    /** Literal characters. */
    record Literal(String text) implements Part {}

    /** A reference to a variable. */
    record Reference(String name, @Nullable TextTemplate fallback) implements Part {}

    TextTemplate {
        parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException when a reference is malformed; the message is for the operator */
    static TextTemplate parse(String text) {
        return new TextTemplateParser(text).parse();
    }

    /** Whether the whole text is one reference. */
    boolean isReference() {
        return parts.size() == 1 && parts.getFirst() instanceof Reference;
    }

    /** The names of the referenced variables, outermost first. */
    Stream<String> names() {
        return parts.stream().flatMap(part -> switch (part) {
            case Literal literal -> Stream.empty();
            case Reference(String name, TextTemplate fallback) ->
                Stream.concat(Stream.of(name), fallback == null ? Stream.empty() : fallback.names());
        });
    }

    /**
     * Resolves the references.
     *
     * @param environment the value of a variable; null when the variable is not set
     * @throws IllegalArgumentException when a variable is missing; the message contains no value
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
        TextTemplate fallback = reference.fallback();
        if (fallback != null) {
            return value == null || value.isEmpty() ? fallback.resolve(environment) : value;
        }
        if (value == null) {
            throw new IllegalArgumentException("the environment variable " + reference.name()
                    + " is not set; set it, or write ${" + reference.name() + ":-default}");
        }
        return value;
    }
}
