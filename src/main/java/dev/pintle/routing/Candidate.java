package dev.pintle.routing;

import dev.pintle.route.MatchSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A route as the matcher sees it.
 *
 * @param hosts in lower case; empty for any host
 */
record Candidate(Route route, String path, boolean exact, List<String> hosts, Condition condition) {
    /** Among candidates for one path: exact before prefix, then the more specific condition, then the id. */
    static final Comparator<Candidate> MOST_SPECIFIC = Comparator.<Candidate, Boolean>comparing(
                    candidate -> !candidate.exact)
            .thenComparing(Candidate::condition, Condition.MOST_SPECIFIC)
            .thenComparing(candidate -> candidate.route.id());

    static Candidate of(Route route) {
        MatchSpec match = Objects.requireNonNull(route.spec().match());
        List<String> hosts = Objects.requireNonNullElse(match.hosts(), List.<String>of()).stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
        return new Candidate(
                route,
                Objects.requireNonNull(match.path()),
                Boolean.TRUE.equals(match.exact()),
                hosts,
                Condition.of(match));
    }
}
