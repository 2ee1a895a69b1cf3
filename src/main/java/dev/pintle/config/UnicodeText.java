package dev.pintle.config;

/** Checks and measures Unicode text. */
public final class UnicodeText {
    private UnicodeText() {}

    /** Returns whether the text has no lone surrogate, which UTF-8 cannot encode. */
    public static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    /** Returns whether a text column of PostgreSQL can store the text: it is well-formed and has no NUL. */
    public static boolean isStorable(String text) {
        return text.indexOf(0) < 0 && isWellFormed(text);
    }

    /** Returns the number of code points. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
