package dev.pintle.http;

import java.util.Locale;
import java.util.function.Consumer;

/** The comma-separated tokens of one header value (RFC 9110 section 5.6.1). */
final class TokenList {
    private TokenList() {}

    /** Passes each token in lower case. */
    static void forEach(String list, Consumer<String> action) {
        for (int start = 0; start <= list.length(); ) {
            int end = endOf(list, start);
            String token = list.substring(start, end).strip();
            if (!token.isEmpty()) {
                action.accept(token.toLowerCase(Locale.ROOT));
            }
            start = end + 1;
        }
    }

    /** Whether the list contains a token, in any case. Allocates nothing. */
    static boolean contains(String list, String token) {
        for (int start = 0; start <= list.length(); ) {
            int end = endOf(list, start);
            int first = start;
            while (first < end && Character.isWhitespace(list.charAt(first))) {
                first++;
            }
            int last = end;
            while (last > first && Character.isWhitespace(list.charAt(last - 1))) {
                last--;
            }
            if (last - first == token.length() && list.regionMatches(true, first, token, 0, token.length())) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    private static int endOf(String list, int start) {
        int comma = list.indexOf(',', start);
        return comma < 0 ? list.length() : comma;
    }
}
