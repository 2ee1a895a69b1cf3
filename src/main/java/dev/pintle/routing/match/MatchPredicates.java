package dev.pintle.routing.match;

import dev.pintle.config.MatchSpec;
import dev.pintle.http.GatewayRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a route demands of a request besides its host and path. */
record MatchPredicates(Set<String> methods, Map<String, String> headers, Map<String, String> query) {
    /** The value that stands for any: the header or term must be there. */
    private static final String PRESENT = "*";

    /** The more specific comes first: methods, more headers, more query terms. */
    static final Comparator<MatchPredicates> MOST_SPECIFIC = Comparator.<MatchPredicates, Boolean>comparing(
                    condition -> condition.methods.isEmpty())
            .thenComparingInt(condition -> -condition.headers.size())
            .thenComparingInt(condition -> -condition.query.size());

    static MatchPredicates of(MatchSpec match) {
        return new MatchPredicates(
                Set.copyOf(Objects.requireNonNullElse(match.methods(), List.of())),
                Objects.requireNonNullElse(match.headers(), Map.of()),
                Objects.requireNonNullElse(match.query(), Map.of()));
    }

    boolean holds(GatewayRequest request) {
        return failed(request) == null;
    }

    /** The first part that does not hold: method, header:NAME or query:NAME; null when all hold. */
    @Nullable
    String failed(GatewayRequest request) {
        if (!methods.isEmpty() && !methods.contains(request.method())) {
            return "method";
        }
        for (Map.Entry<String, String> wanted : headers.entrySet()) {
            if (!isAmong(request.headers().all(wanted.getKey()), wanted.getValue())) {
                return "header:" + wanted.getKey();
            }
        }
        return query.isEmpty() ? null : failedTerm(QueryParameters.of(request.query()));
    }

    private @Nullable String failedTerm(Map<String, List<String>> terms) {
        for (Map.Entry<String, String> wanted : query.entrySet()) {
            if (!isAmong(terms.getOrDefault(wanted.getKey(), List.of()), wanted.getValue())) {
                return "query:" + wanted.getKey();
            }
        }
        return null;
    }

    private static boolean isAmong(List<String> values, String wanted) {
        return wanted.equals(PRESENT) ? !values.isEmpty() : values.contains(wanted);
    }
}
