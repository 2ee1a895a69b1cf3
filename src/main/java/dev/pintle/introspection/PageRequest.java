package dev.pintle.introspection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request for one page of a list of routes in the order of their ids. A page holds all entries of a route or none.
 *
 * @param after the id after which the page begins, even if no route has it; null for the first page
 * @param limit the maximum number of routes
 */
public record PageRequest(@Nullable String after, int limit) {
    public static final PageRequest ALL = new PageRequest(null, Integer.MAX_VALUE);

    private static final String LIMIT = "limit";
    private static final String AFTER = "after";

    /**
     * Parses a query such as {@code limit=100&after=users}; without parameters the page holds all routes. Ids need no
     * decoding.
     *
     * @throws IllegalArgumentException when the limit is not a number; the message is for the client
     */
    public static PageRequest of(@Nullable String query) {
        if (query == null) {
            return ALL;
        }
        String after = null;
        int limit = Integer.MAX_VALUE;
        for (String term : query.split("&", -1)) {
            String value = term.substring(term.indexOf('=') + 1);
            switch (term.substring(0, Math.max(0, term.indexOf('=')))) {
                case LIMIT -> limit = limit(value);
                case AFTER -> after = value;
                default -> {}
            }
        }
        return new PageRequest(after, limit);
    }

    private static int limit(String value) {
        if (!value.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("limit must be the number of routes of a page, 1 or more");
        }
        return Integer.parseInt(value);
    }

    /** Selects the ids of this page. The input may be unordered and contain duplicates. */
    public Ids of(Stream<String> routes) {
        TreeSet<String> sorted = routes.collect(Collectors.toCollection(TreeSet::new));
        Set<String> ids = new HashSet<>();
        String last = null;
        for (String id : after == null ? sorted : sorted.tailSet(after, false)) {
            if (ids.size() == limit) {
                return new Ids(ids, last);
            }
            ids.add(id);
            last = id;
        }
        return new Ids(ids, null);
    }

    /**
     * The ids of a page.
     *
     * @param next the parameter {@code after} of the next page; null for the last page
     */
    record Ids(Set<String> ids, @Nullable String next) {
        Ids {
            ids = Set.copyOf(ids);
        }

        boolean has(String id) {
            return ids.contains(id);
        }

        /** Adds the parameter of the next page to a document, unless this is the last one. */
        void putNext(ObjectNode json) {
            if (next != null) {
                json.put("next", next);
            }
        }
    }
}
