package dev.pintle.routing.match;

import dev.pintle.http.GatewayRequest;
import dev.pintle.routing.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route for a request. The most specific wins: an exact host before a wildcard, the longer wildcard before the
 * shorter, any host last; then the longest path; then an exact path, methods, more headers, more query terms; then the id.
 * Immutable.
 */
public final class Matcher {
    /** The key of the routes that take any host: a name that no host has. */
    private static final String ANY = "";

    public static final Matcher EMPTY = new Matcher(Map.of(), Map.of());

    /** A wildcard is known by what follows its star: {@code .example.org}. */
    private final Map<String, PathIndex> byHost;

    /** How many routes ask for each term. */
    private final Map<QueryTerm, Integer> queryTerms;

    private final PathIndex anyHost;
    private final boolean looksAtHosts;

    private Matcher(Map<String, PathIndex> byHost, Map<QueryTerm, Integer> queryTerms) {
        this.byHost = byHost;
        this.queryTerms = queryTerms;
        this.anyHost = byHost.getOrDefault(ANY, PathIndex.EMPTY);
        this.looksAtHosts = !Set.of(ANY).containsAll(byHost.keySet());
    }

    public static Matcher of(Collection<Route> routes) {
        return EMPTY.with(List.of(), routes);
    }

    /** Another one, without some routes and with others; it costs as much as these are many, not as all routes are. */
    public Matcher with(Collection<Route> gone, Collection<Route> come) {
        Map<String, PathIndex.Edit> edits = new HashMap<>();
        Map<QueryTerm, Integer> terms = new HashMap<>(queryTerms);
        for (MatchEntry entry : gone.stream().map(MatchEntry::of).toList()) {
            hosts(entry).forEach(host -> edit(host, edits).remove(entry));
            entry.condition().query().forEach(term -> terms.computeIfPresent(term, (same, routes) -> less(routes)));
        }
        for (MatchEntry entry : come.stream().map(MatchEntry::of).toList()) {
            hosts(entry).forEach(host -> edit(host, edits).add(entry));
            entry.condition().query().forEach(term -> terms.merge(term, 1, Integer::sum));
        }
        Map<String, PathIndex> next = new HashMap<>(byHost);
        edits.forEach((host, edit) -> next.put(host, edit.done()));
        next.values().removeIf(PathIndex::isEmpty);
        return new Matcher(next, terms);
    }

    private static @Nullable Integer less(int routes) {
        return routes == 1 ? null : routes - 1;
    }

    private PathIndex.Edit edit(String host, Map<String, PathIndex.Edit> edits) {
        return edits.computeIfAbsent(
                host, name -> byHost.getOrDefault(name, PathIndex.EMPTY).edit());
    }

    private static Stream<String> hosts(MatchEntry candidate) {
        return candidate.hosts().isEmpty()
                ? Stream.of(ANY)
                : candidate.hosts().stream().map(host -> host.startsWith("*.") ? host.substring(1) : host);
    }

    /** The terms that routes ask for. */
    Set<QueryTerm> queryTerms() {
        return queryTerms.keySet();
    }

    /** Reads a request as the routes of this matcher ask for it. */
    public MatchInput read(GatewayRequest request) {
        return read(request, query -> QueryParameters.of(query, queryTerms()));
    }

    /** The same with another reader of queries. */
    MatchInput read(GatewayRequest request, Function<@Nullable String, QueryParameters> queryReader) {
        String host = host(request.authority());
        return new MatchInput(request, host, indexes(host), queryReader);
    }

    /** The routes that a host may have, the most specific first. */
    private List<PathIndex> indexes(String host) {
        if (!looksAtHosts) {
            return List.of(anyHost);
        }
        List<PathIndex> indexes = new ArrayList<>(2);
        add(host, indexes);
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            add(host.substring(dot), indexes);
        }
        indexes.add(anyHost);
        return indexes;
    }

    private void add(String host, List<PathIndex> indexes) {
        PathIndex index = byHost.get(host);
        if (index != null) {
            indexes.add(index);
        }
    }

    /** The host of an authority: lower case, without port and without the dot that may end a name. */
    private static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = (hasPort ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
