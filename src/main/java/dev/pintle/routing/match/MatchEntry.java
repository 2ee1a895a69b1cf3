package dev.pintle.routing.match;

import dev.pintle.config.MatchSpec;
import dev.pintle.config.PathTemplate;
import dev.pintle.routing.Route;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A route in the form that the matcher uses.
 *
 * @param path the path, or the {@linkplain PathTemplate#key key} of the template
 * @param template null for a path
 * @param exact whether the route matches nothing below its path
 * @param hosts in lower case; empty for any host
 */
public record MatchEntry(
        Route route,
        String path,
        @Nullable PathTemplate template,
        boolean exact,
        List<String> hosts,
        MatchPredicates predicates) {
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

    /** Returns whether the route matches a path. */
    boolean matchesPath(String other) {
        if (template != null) {
            return template.matches(other);
        }
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
        PathTemplate template = route.template();
        return new MatchEntry(
                route,
                template == null ? match.pattern() : template.key(),
                template,
                template == null ? Boolean.TRUE.equals(match.exact()) : !template.hasRest(),
                hosts,
                MatchPredicates.of(match));
    }
}
