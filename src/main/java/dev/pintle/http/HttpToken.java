package dev.pintle.http;

/** The grammar of tokens: methods, and the names of headers and cookies (RFC 9110 section 5.6.2). */
public final class HttpToken {
    /** The grammar as a regular expression, for larger expressions. */
    public static final String REGEX = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private HttpToken() {}

    /** Whether a text is a token. */
    public static boolean matches(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether a token may contain a character. */
    public static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || MARKS.indexOf(c) >= 0;
    }
}
