package dev.pintle.routing.match;

import dev.pintle.config.MatchSpec;
import dev.pintle.routing.Route;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A route in the form that the matcher uses.
 *
 * @param hosts in lower case; empty for any host
 */
public record MatchEntry(Route route, String path, boolean exact, List<String> hosts, MatchPredicates predicates) {
    /** Orders the candidates for one path: exact before prefix, then the more specific predicates, then the id. */
    static final Comparator<MatchEntry> MOST_SPECIFIC = Comparator.<MatchEntry, Boolean>comparing(
                    candidate -> !candidate.exact)
            .thenComparing(MatchEntry::predicates, MatchPredicates.MOST_SPECIFIC)
            .thenComparing(candidate -> candidate.route.id());

    /**
     * Returns the first predicate that does not hold for a request: path, host, method, header:NAME or query:NAME.
     * Returns null when all hold.
     */
    @Nullable
    public String failed(MatchInput request) {
        if (!matchesPath(request.path())) {
            return "path";
        }
        if (!matchesHost(request.host())) {
            return "host";
        }
        return predicates.failed(request);
    }

    private boolean matchesPath(String other) {
        if (exact) {
            return other.equals(path);
        }
        return path.equals("/") || other.equals(path) || other.startsWith(path + '/');
    }

    private boolean matchesHost(String host) {
        return hosts.isEmpty()
                || hosts.stream()
                        .anyMatch(own -> own.startsWith("*.") ? host.endsWith(own.substring(1)) : host.equals(own));
    }

    public static MatchEntry of(Route route) {
        MatchSpec match = Objects.requireNonNull(route.spec().match());
        List<String> hosts = Objects.requireNonNullElse(match.hosts(), List.<String>of()).stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
        return new MatchEntry(
                route,
                Objects.requireNonNull(match.path()),
                Boolean.TRUE.equals(match.exact()),
                hosts,
                MatchPredicates.of(match));
    }
}
