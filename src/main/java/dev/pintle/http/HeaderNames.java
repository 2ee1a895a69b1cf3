package dev.pintle.http;

import java.util.Locale;

/** Names of headers. */
public final class HeaderNames {
    private HeaderNames() {}

    /** The name that is equal for names that some server takes for the same: lower case, with hyphens for underscores. */
    public static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
