package dev.pintle.telemetry;

import java.util.Locale;

/** Escapes text with client bytes for a log. */
final class EscapedText {
    private static final int MAX_LINE = 4_096;
    private static final int MAX_TEXT = 16 << 10;

    private EscapedText() {}

    /** Escapes text for one line. */
    static String line(String text) {
        return escaped(text, MAX_LINE, "");
    }

    /** Escapes text of several lines, such as a stack trace. */
    static String lines(String text) {
        return escaped(text, MAX_TEXT, "\n\t");
    }

    /** Shortens one line for a format that escapes, such as JSON. */
    static String truncateLine(String text) {
        return truncate(text, MAX_LINE);
    }

    /** Shortens several lines for a format that escapes. */
    static String truncateLines(String text) {
        return truncate(text, MAX_TEXT);
    }

    private static String truncate(String text, int max) {
        return text.length() > max ? text.substring(0, max) + '\u2026' : text;
    }

    private static String escaped(String text, int max, String unescaped) {
        StringBuilder escaped = new StringBuilder(Math.min(text.length(), max) + 1);
        for (int i = 0; i < text.length() && escaped.length() < max; i++) {
            char character = text.charAt(i);
            if (isPrintable(character) || unescaped.indexOf(character) >= 0) {
                escaped.append(character);
            } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            }
        }
        return text.length() > max
                ? escaped.append('…').append(unescaped.isEmpty() ? "" : "\n").toString()
                : escaped.toString();
    }

    /** Excludes control and format characters, which control terminals or reverse the direction of text. */
    private static boolean isPrintable(char character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
