package dev.pintle.routing.explain;

import dev.pintle.routing.match.MatchEntry;
import dev.pintle.routing.match.MatchInput;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first predicate of a route that does not hold for a request. The natural order puts the nearest route first.
 *
 * @param rank of the predicate; the later it is evaluated, the smaller
 * @param commonPath the number of characters that the paths have in common
 */
record FailedPredicate(String predicate, int rank, int commonPath) implements Comparable<FailedPredicate> {
    private static final List<String> ORDER = List.of("query", "header", "method", "host", "path");

    /** Returns null when the route matches the request. */
    static @Nullable FailedPredicate of(MatchEntry entry, MatchInput request) {
        String predicate = entry.failed(request);
        if (predicate == null) {
            return null;
        }
        int rank = ORDER.indexOf(predicate.split(":", 2)[0]);
        return new FailedPredicate(predicate, rank, commonPath(entry.path(), request.path()));
    }

    private static int commonPath(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    @Override
    public int compareTo(FailedPredicate other) {
        return Comparator.comparingInt(FailedPredicate::rank)
                .thenComparing(FailedPredicate::commonPath, Comparator.reverseOrder())
                .compare(this, other);
    }
}
