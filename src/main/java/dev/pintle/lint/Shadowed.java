package dev.pintle.lint;

import dev.pintle.config.MatchSpec;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds routes that no request reaches. */
final class Shadowed implements RouteRule {
    private static final Rule RULE = new Rule(
            "shadowed",
            Severity.WARNING,
            "Other routes take all requests of a route, because their match is as specific and their ids come first.",
            "Make the match of the route more specific, or remove the route.");

    /** Stands for a condition that a route does not have. */
    private static final List<String> ANY = List.of("");

    private static final String PRESENT = "*";

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        List<LintedRoute> rivals = all.at(route.match().pattern())
                .filter(rival -> rival.id().compareTo(route.id()) < 0 && isAsSpecific(rival, route))
                .toList();
        if (rivals.isEmpty()) {
            return;
        }
        SortedSet<String> winners = new TreeSet<>();
        for (String host : hosts(route.match())) {
            for (String method : methods(route.match())) {
                Optional<LintedRoute> winner = rivals.stream()
                        .filter(rival -> takes(rival.match(), host, method))
                        .findFirst();
                if (winner.isEmpty()) {
                    return;
                }
                winners.add('"' + winner.get().id() + '"');
            }
        }
        report.add(
                RULE,
                route,
                "/match",
                "The route never takes a request: " + (winners.size() == 1 ? "route " : "routes ")
                        + String.join(", ", winners) + (winners.size() == 1 ? " takes" : " take")
                        + " all of them first.");
    }

    @Override
    public List<LintedRoute> dependents(LintedRoute route, LintedConfiguration all) {
        return all.at(route.match().pattern())
                .filter(other -> route.id().compareTo(other.id()) < 0 && isAsSpecific(route, other))
                .filter(other -> overlaps(route.match(), other.match()))
                .toList();
    }

    /** Whether all other conditions of a rival hold for a request that a route takes, and rank as high as those of the route. */
    private static boolean isAsSpecific(LintedRoute rival, LintedRoute route) {
        MatchSpec one = rival.match();
        MatchSpec other = route.match();
        return Boolean.TRUE.equals(one.exact()) == Boolean.TRUE.equals(other.exact())
                && (one.methods() == null) == (other.methods() == null)
                && includes(ofHeaders(one.headers()), ofHeaders(other.headers()))
                && includes(ofQuery(one.query()), ofQuery(other.query()));
    }

    private static Map<String, String> ofHeaders(@Nullable Map<String, String> headers) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(Objects.requireNonNullElse(headers, Map.of()));
        return byName;
    }

    private static Map<String, String> ofQuery(@Nullable Map<String, String> query) {
        return Objects.requireNonNullElse(query, Map.of());
    }

    private static boolean includes(Map<String, String> wider, Map<String, String> narrower) {
        return wider.size() == narrower.size()
                && wider.entrySet().stream()
                        .allMatch(wanted -> narrower.containsKey(wanted.getKey())
                                && (wanted.getValue().equals(PRESENT)
                                        || wanted.getValue().equals(narrower.get(wanted.getKey()))));
    }

    private static boolean overlaps(MatchSpec one, MatchSpec other) {
        return hosts(other).stream()
                .anyMatch(host -> methods(other).stream().anyMatch(method -> takes(one, host, method)));
    }

    private static boolean takes(MatchSpec match, String host, String method) {
        return hosts(match).contains(host) && methods(match).contains(method);
    }

    private static Collection<String> hosts(MatchSpec match) {
        return match.hosts() == null
                ? ANY
                : match.hosts().stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .toList();
    }

    private static Collection<String> methods(MatchSpec match) {
        return match.methods() == null ? ANY : match.methods();
    }
}
