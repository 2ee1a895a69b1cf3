package dev.pintle.routing.match;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The terms of a query, decoded as forms are. What cannot be decoded stands for itself. */
final class QueryParameters {
    private QueryParameters() {}

    static Map<String, List<String>> of(@Nullable String query) {
        Map<String, List<String>> terms = new HashMap<>();
        if (query != null) {
            for (String term : query.split("&", -1)) {
                int equals = term.indexOf('=');
                String name = equals < 0 ? term : term.substring(0, equals);
                String value = equals < 0 ? "" : term.substring(equals + 1);
                terms.computeIfAbsent(decoded(name), any -> new ArrayList<>(1)).add(decoded(value));
            }
        }
        return terms;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
