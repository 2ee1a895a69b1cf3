package dev.pintle.telemetry;

import java.util.Locale;

/** Text with client bytes, escaped for a log. */
final class EscapedText {
    private static final int LONGEST_LINE = 4_096;
    private static final int LONGEST = 16 << 10;

    private EscapedText() {}

    /** One line. */
    static String line(String text) {
        return escaped(text, LONGEST_LINE, "");
    }

    /** Several lines, such as a stack trace. */
    static String lines(String text) {
        return escaped(text, LONGEST, "\n\t");
    }

    /** One line for a format that escapes by itself, such as JSON. */
    static String cutLine(String text) {
        return cut(text, LONGEST_LINE);
    }

    /** Several lines for a format that escapes by itself. */
    static String cutLines(String text) {
        return cut(text, LONGEST);
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) + '\u2026' : text;
    }

    private static String escaped(String text, int longest, String kept) {
        StringBuilder escaped = new StringBuilder(Math.min(text.length(), longest) + 1);
        for (int i = 0; i < text.length() && escaped.length() < longest; i++) {
            char character = text.charAt(i);
            if (isPrintable(character) || kept.indexOf(character) >= 0) {
                escaped.append(character);
            } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            }
        }
        return text.length() > longest
                ? escaped.append('…').append(kept.isEmpty() ? "" : "\n").toString()
                : escaped.toString();
    }

    /** Control and format characters steer terminals, and some turn a line around. */
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
