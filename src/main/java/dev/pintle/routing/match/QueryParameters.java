package dev.pintle.routing.match;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query terms of a request that routes use, decoded as HTML forms are. A term with an invalid encoding keeps its
 * raw form. Only terms that a route uses are stored, so that a client cannot fill the memory. Immutable.
 */
final class QueryParameters {
    private final Set<QueryTerm> found;

    private QueryParameters(Set<QueryTerm> found) {
        this.found = found;
    }

    /**
     * Parses a query.
     *
     * @param wanted the terms that routes use
     */
    static QueryParameters of(@Nullable String query, Set<QueryTerm> wanted) {
        Set<QueryTerm> found = new HashSet<>();
        if (query != null && !wanted.isEmpty()) {
            for (int start = 0; start <= query.length(); ) {
                int end = end(query, start);
                read(query.substring(start, end), wanted, found);
                start = end + 1;
            }
        }
        return new QueryParameters(found);
    }

    /** Returns the number of stored terms. */
    int size() {
        return found.size();
    }

    boolean has(QueryTerm wanted) {
        return found.contains(wanted);
    }

    private static void read(String term, Set<QueryTerm> wanted, Set<QueryTerm> found) {
        int equals = term.indexOf('=');
        String name = decoded(equals < 0 ? term : term.substring(0, equals));
        String value = equals < 0 ? "" : decoded(term.substring(equals + 1));
        for (QueryTerm read : new QueryTerm[] {new QueryTerm(name, value), new QueryTerm(name, QueryTerm.PRESENT)}) {
            if (wanted.contains(read)) {
                found.add(read);
            }
        }
    }

    private static int end(String query, int start) {
        int ampersand = query.indexOf('&', start);
        return ampersand < 0 ? query.length() : ampersand;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
