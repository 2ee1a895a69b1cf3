package dev.pintle.routing.match;

import dev.pintle.config.MatchSpec;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The predicates of a route for method, headers and query. */
record MatchPredicates(Set<String> methods, List<WantedHeader> headers, Set<QueryTerm> query) {
    /**
     * A required header.
     *
     * @param value the value, or {@value QueryTerm#PRESENT} for any
     */
    record WantedHeader(String name, String lowerName, String value) {}

    /** Orders by specificity: methods first, then more headers, then more query terms. */
    static final Comparator<MatchPredicates> MOST_SPECIFIC = Comparator.<MatchPredicates, Boolean>comparing(
                    predicates -> predicates.methods.isEmpty())
            .thenComparingInt(predicates -> -predicates.headers.size())
            .thenComparingInt(predicates -> -predicates.query.size());

    static MatchPredicates of(MatchSpec match) {
        return new MatchPredicates(
                Set.copyOf(Objects.requireNonNullElse(match.methods(), List.of())),
                headers(Objects.requireNonNullElse(match.headers(), Map.of())),
                terms(Objects.requireNonNullElse(match.query(), Map.of())));
    }

    private static List<WantedHeader> headers(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(header ->
                        new WantedHeader(header.getKey(), header.getKey().toLowerCase(Locale.ROOT), header.getValue()))
                .toList();
    }

    private static Set<QueryTerm> terms(Map<String, String> query) {
        Set<QueryTerm> terms = new LinkedHashSet<>();
        query.forEach((name, value) -> terms.add(new QueryTerm(name, value)));
        return terms;
    }

    boolean holds(MatchInput request) {
        return failed(request) == null;
    }

    /**
     * Returns the first predicate that does not hold: method, header:NAME or query:NAME. Returns null when all hold.
     */
    @Nullable
    String failed(MatchInput request) {
        if (!methods.isEmpty() && !methods.contains(request.method())) {
            return "method";
        }
        for (WantedHeader wanted : headers) {
            if (!request.hasHeader(wanted.lowerName(), wanted.value())) {
                return "header:" + wanted.name();
            }
        }
        for (QueryTerm wanted : query) {
            if (!request.has(wanted)) {
                return "query:" + wanted.name();
            }
        }
        return null;
    }
}
