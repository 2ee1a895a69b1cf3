package dev.pintle.app;

import dev.pintle.app.TextTemplate.Literal;
import dev.pintle.app.TextTemplate.Part;
import dev.pintle.app.TextTemplate.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses one {@link TextTemplate}, from left to right. */
final class TextTemplateParser {
    private static final String START = "${";
    private static final String ESCAPED = "$${";
    private static final Pattern OPENING = Pattern.compile("\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?<end>:-|})");

    private final String text;
    private int position;

    TextTemplateParser(String text) {
        this.text = text;
    }

    TextTemplate parse() {
        return parts(false);
    }

    /** @param nested whether the parts are a default value, which ends at a closing brace */
    private TextTemplate parts(boolean nested) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        while (position < text.length() && !(nested && text.charAt(position) == '}')) {
            if (text.startsWith(ESCAPED, position)) {
                literal.append(START);
                position += ESCAPED.length();
            } else if (text.startsWith(START, position)) {
                flush(literal, parts);
                parts.add(reference());
            } else {
                literal.append(text.charAt(position++));
            }
        }
        flush(literal, parts);
        return new TextTemplate(parts);
    }

    private Reference reference() {
        Matcher opening = OPENING.matcher(text).region(position, text.length());
        if (!opening.lookingAt()) {
            throw malformed();
        }
        position = opening.end();
        if (opening.group("end").equals("}")) {
            return new Reference(opening.group("name"), null);
        }
        TextTemplate fallback = parts(true);
        if (position == text.length()) {
            throw malformed();
        }
        position++;
        return new Reference(opening.group("name"), fallback);
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("\"${\" must start a reference such as ${NAME} or ${NAME:-default};"
                + " \"$${\" means the literal characters ${");
    }
}
