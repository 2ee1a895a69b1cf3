package dev.pintle.routing;

import dev.pintle.exchange.GatewayRequest;
import dev.pintle.route.MatchSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a route demands of a request besides its host and path. */
record Condition(Set<String> methods, Map<String, String> headers, Map<String, String> query) {
    /** The value that stands for any: the header or term must be there. */
    private static final String PRESENT = "*";

    /** The more specific comes first: methods, more headers, more query terms. */
    static final Comparator<Condition> MOST_SPECIFIC = Comparator.<Condition, Boolean>comparing(
                    condition -> condition.methods.isEmpty())
            .thenComparingInt(condition -> -condition.headers.size())
            .thenComparingInt(condition -> -condition.query.size());

    static Condition of(MatchSpec match) {
        return new Condition(
                Set.copyOf(Objects.requireNonNullElse(match.methods(), List.of())),
                Objects.requireNonNullElse(match.headers(), Map.of()),
                Objects.requireNonNullElse(match.query(), Map.of()));
    }

    boolean holds(GatewayRequest request) {
        return (methods.isEmpty() || methods.contains(request.method()))
                && (headers.isEmpty() || headersHold(request))
                && (query.isEmpty() || queryHolds(request));
    }

    private boolean headersHold(GatewayRequest request) {
        return headers.entrySet().stream().allMatch(wanted -> {
            List<String> values = request.headers().all(wanted.getKey());
            return wanted.getValue().equals(PRESENT) ? !values.isEmpty() : values.contains(wanted.getValue());
        });
    }

    private boolean queryHolds(GatewayRequest request) {
        Map<String, List<String>> terms = QueryTerms.of(request.query());
        return query.entrySet().stream().allMatch(wanted -> {
            List<String> values = terms.getOrDefault(wanted.getKey(), List.of());
            return wanted.getValue().equals(PRESENT) ? !values.isEmpty() : values.contains(wanted.getValue());
        });
    }
}
