package dev.pintle.config;

/** Shortens values in messages to 80 characters. */
public final class Truncated {
    private static final int MAX_LENGTH = 80;

    private Truncated() {}

    /** Returns the text or its beginning, without splitting a character. */
    public static String of(String text) {
        return UnicodeText.length(text) <= MAX_LENGTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH)) + "…";
    }

    /** Returns the shortened text in quotation marks. */
    public static String quoted(String text) {
        return '"' + of(text) + '"';
    }
}
