package dev.pintle.introspection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list that goes by routes is asked for, in the order of their ids. What belongs to one route is never torn
 * apart.
 *
 * @param after the id of the route after which it begins, whether there is such a route or not; null for the first
 * @param limit the most routes
 */
public record PageRequest(@Nullable String after, int limit) {
    public static final PageRequest ALL = new PageRequest(null, Integer.MAX_VALUE);

    private static final String LIMIT = "limit";
    private static final String AFTER = "after";

    /**
     * What a query asks for: {@code limit=100&after=users}; all without it. Ids need no decoding.
     *
     * @throws IllegalArgumentException with a sentence, when the limit is no number
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
            throw new IllegalArgumentException("limit is the number of routes to show, 1 or more");
        }
        return Integer.parseInt(value);
    }

    /** The ids that it holds of these, which may come in any order and more than once. */
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
     * The ids of a slice.
     *
     * @param next what to begin after for those that follow; null when none do
     */
    record Ids(Set<String> ids, @Nullable String next) {
        Ids {
            ids = Set.copyOf(ids);
        }

        boolean has(String id) {
            return ids.contains(id);
        }

        /** Says in a document how it goes on, if it does. */
        void tellNext(ObjectNode json) {
            if (next != null) {
                json.put("next", next);
            }
        }
    }
}
