package dev.pintle.http;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of headers. */
public final class HeaderNames {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private HeaderNames() {}

    /** Whether a text is a valid name (RFC 9110 section 5.1). */
    public static boolean isToken(String name) {
        return TOKEN.matcher(name).matches();
    }

    /** The name that is equal for names that some server takes for the same: lower case, with hyphens for underscores. */
    public static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
