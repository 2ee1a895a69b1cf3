package dev.pintle.config;

/** Text that can be stored and sent. */
public final class UnicodeText {
    private UnicodeText() {}

    /** Whether the text has no half of a surrogate pair, which UTF-8 cannot express. */
    public static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    /** Whether a text column of PostgreSQL can hold the text: it is well-formed and has no NUL. */
    public static boolean isStorable(String text) {
        return text.indexOf(0) < 0 && isWellFormed(text);
    }

    /** The number of characters; a character outside the basic plane is one. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
