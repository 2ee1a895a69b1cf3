package dev.pintle.config;

/** Values as messages show them: at most 80 characters. */
public final class Truncated {
    private static final int LONGEST = 80;

    private Truncated() {}

    /** The text or its beginning, never half a character. */
    public static String of(String text) {
        return UnicodeText.length(text) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }

    /** The same in quotation marks. */
    public static String quoted(String text) {
        return '"' + of(text) + '"';
    }
}
