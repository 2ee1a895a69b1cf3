package dev.pintle.http;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The query of a request as a list of form parameters. Names and values are {@link ByteText}. */
public final class QueryString {
    private QueryString() {}

    /** The decoded value of the first parameter with this name; null when there is none. It copies nothing but the value. */
    public static @Nullable String value(@Nullable String query, String name) {
        for (int start = 0; query != null && start <= query.length(); ) {
            int end = end(query, start);
            int equals = query.indexOf('=', start, end);
            int nameEnd = equals < 0 ? end : equals;
            if (end > start && ByteText.isFormDecoded(query, start, nameEnd, name)) {
                return equals < 0 ? "" : ByteText.formDecoded(query.substring(equals + 1, end));
            }
            start = end + 1;
        }
        return null;
    }

    /** The query without the parameters whose decoded names satisfy {@code name}; the others keep their bytes. */
    public static @Nullable String without(@Nullable String query, Predicate<String> name) {
        if (query == null) {
            return null;
        }
        StringBuilder kept = new StringBuilder(query.length());
        boolean removed = false;
        for (int start = 0; start <= query.length(); ) {
            int end = end(query, start);
            String parameter = query.substring(start, end);
            if (end > start && name.test(name(parameter))) {
                removed = true;
            } else {
                kept.append(kept.isEmpty() ? "" : "&").append(parameter);
            }
            start = end + 1;
        }
        if (!removed) {
            return query;
        }
        return kept.isEmpty() ? null : kept.toString();
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return ByteText.formDecoded(equals < 0 ? parameter : parameter.substring(0, equals));
    }

    private static int end(String query, int start) {
        int ampersand = query.indexOf('&', start);
        return ampersand < 0 ? query.length() : ampersand;
    }
}
