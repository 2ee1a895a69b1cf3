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
 * Finds the route for a request. The most specific route wins:
 * <ol>
 * <li>an exact host, then a wildcard host, the longest first, then any host;
 * <li>the longest path;
 * <li>an exact path, methods, more headers, more query terms;
 * <li>the id.
 * </ol>
 * Immutable.
 */
public final class Matcher {
    /** The key of the routes that match any host; no host has this name. */
    private static final String ANY = "";

    public static final Matcher EMPTY = new Matcher(Map.of(), Map.of());

    /** Indexes by host. The key of a wildcard is the part after the star: {@code .example.org}. */
    private final Map<String, PathIndex> byHost;

    /** The number of routes that use each query term. */
    private final Map<QueryTerm, Integer> queryTerms;

    private final PathIndex anyHost;
    private final boolean hasHostRoutes;

    private Matcher(Map<String, PathIndex> byHost, Map<QueryTerm, Integer> queryTerms) {
        this.byHost = byHost;
        this.queryTerms = queryTerms;
        this.anyHost = byHost.getOrDefault(ANY, PathIndex.EMPTY);
        this.hasHostRoutes = !Set.of(ANY).containsAll(byHost.keySet());
    }

    public static Matcher of(Collection<Route> routes) {
        return EMPTY.with(List.of(), routes);
    }

    /**
     * Returns a matcher without the removed routes and with the added ones. The cost depends on the number of changed
     * routes only.
     */
    public Matcher with(Collection<Route> removed, Collection<Route> added) {
        Map<String, PathIndex.Edit> edits = new HashMap<>();
        Map<QueryTerm, Integer> terms = new HashMap<>(queryTerms);
        for (MatchEntry entry : removed.stream().map(MatchEntry::of).toList()) {
            hosts(entry).forEach(host -> edit(host, edits).remove(entry));
            entry.predicates()
                    .query()
                    .forEach(term -> terms.computeIfPresent(term, (same, routes) -> decrement(routes)));
        }
        for (MatchEntry entry : added.stream().map(MatchEntry::of).toList()) {
            hosts(entry).forEach(host -> edit(host, edits).add(entry));
            entry.predicates().query().forEach(term -> terms.merge(term, 1, Integer::sum));
        }
        Map<String, PathIndex> next = new HashMap<>(byHost);
        edits.forEach((host, edit) -> next.put(host, edit.done()));
        next.values().removeIf(PathIndex::isEmpty);
        return new Matcher(next, terms);
    }

    private static @Nullable Integer decrement(int routes) {
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

    /** Returns the query terms that routes use. */
    Set<QueryTerm> queryTerms() {
        return queryTerms.keySet();
    }

    /** Prepares a request for the routes of this matcher. */
    public MatchInput read(GatewayRequest request) {
        return read(request, query -> QueryParameters.of(query, queryTerms()));
    }

    /** Prepares a request with another query parser, for tests. */
    MatchInput read(GatewayRequest request, Function<@Nullable String, QueryParameters> queryReader) {
        String host = host(request.authority());
        return new MatchInput(request, host, indexes(host), queryReader);
    }

    /** Returns the path indexes for a host, the most specific first. */
    private List<PathIndex> indexes(String host) {
        if (!hasHostRoutes) {
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

    /** Extracts the host of an authority in lower case, without port and trailing dot. */
    private static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = (hasPort ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
