package dev.pintle.policy.template;

import dev.pintle.http.ByteText;
import dev.pintle.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text with variables in braces; two opening braces are one. Values are {@link ByteText}. Immutable. */
public final class ValueTemplate {
    /** @param variable null: the text is literal */
    private record Part(String text, @Nullable TemplateVariable variable) {}

    private final String text;
    private final List<Part> parts;

    private ValueTemplate(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * Parses a template.
     *
     * @throws TemplateSyntaxException with the fault
     */
    public static ValueTemplate parse(String text) throws TemplateSyntaxException {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f) {
                throw new TemplateSyntaxException("must not have control characters");
            }
            if (c != '{') {
                literal.append(c);
            } else if (text.startsWith("{{", i)) {
                literal.append('{');
                i++;
            } else {
                int end = text.indexOf('}', i);
                if (end < 0) {
                    throw new TemplateSyntaxException("has a { without a }. Write {{ for a brace");
                }
                add(literal, parts);
                String name = text.substring(i + 1, end);
                parts.add(new Part(name, TemplateVariable.of(name)));
                i = end;
            }
        }
        add(literal, parts);
        return new ValueTemplate(text, parts);
    }

    /** Parses a template that was validated. */
    public static ValueTemplate of(String valid) {
        try {
            return parse(valid);
        } catch (TemplateSyntaxException e) {
            throw new IllegalArgumentException(valid + ' ' + e.fault(), e);
        }
    }

    /** The fault of a text that is not a template. */
    public static Optional<String> fault(String text) {
        try {
            parse(text);
            return Optional.empty();
        } catch (TemplateSyntaxException e) {
            return Optional.of(e.fault());
        }
    }

    private static void add(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Part(ByteText.of(literal.toString()), null));
            literal.setLength(0);
        }
    }

    /** The template as written. */
    public String text() {
        return text;
    }

    /** The text for an exchange; null when a variable has no value. */
    public @Nullable String render(Exchange exchange) {
        return render(exchange, ValueEncoding.NONE);
    }

    /**
     * The text for an exchange, with encoded values.
     *
     * @return null when a variable has no value, or one that cannot be encoded
     */
    public @Nullable String render(Exchange exchange, ValueEncoding encoding) {
        StringBuilder rendered = new StringBuilder();
        for (Part part : parts) {
            if (part.variable == null) {
                rendered.append(part.text);
                continue;
            }
            String value = part.variable.value().apply(exchange);
            String encoded = value == null ? null : encoding.encoded(part.variable.kind(), value);
            if (encoded == null) {
                return null;
            }
            rendered.append(encoded);
        }
        return rendered.toString();
    }
}
