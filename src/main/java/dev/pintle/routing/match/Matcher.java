package dev.pintle.routing.match;

import dev.pintle.http.GatewayRequest;
import dev.pintle.routing.Route;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

    public static final Matcher EMPTY = new Matcher(Map.of());

    /** A wildcard is known by what follows its star: {@code .example.org}. */
    private final Map<String, PathIndex> byHost;

    private final PathIndex anyHost;
    private final boolean looksAtHosts;

    private Matcher(Map<String, PathIndex> byHost) {
        this.byHost = byHost;
        this.anyHost = byHost.getOrDefault(ANY, PathIndex.EMPTY);
        this.looksAtHosts = !Set.of(ANY).containsAll(byHost.keySet());
    }

    public static Matcher of(Collection<Route> routes) {
        return EMPTY.with(List.of(), routes);
    }

    /** Another one, without some routes and with others; it costs as much as these are many, not as all routes are. */
    public Matcher with(Collection<Route> gone, Collection<Route> come) {
        Map<String, PathIndex.Edit> edits = new HashMap<>();
        gone.stream()
                .map(MatchEntry::of)
                .forEach(candidate ->
                        hosts(candidate).forEach(host -> edit(host, edits).remove(candidate)));
        come.stream()
                .map(MatchEntry::of)
                .forEach(candidate ->
                        hosts(candidate).forEach(host -> edit(host, edits).add(candidate)));
        Map<String, PathIndex> next = new HashMap<>(byHost);
        edits.forEach((host, edit) -> next.put(host, edit.done()));
        next.values().removeIf(PathIndex::isEmpty);
        return new Matcher(next);
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

    /** The route for the request, were its path the one given. */
    @Nullable
    public Route find(GatewayRequest request, String path) {
        Route route = looksAtHosts ? findByHost(host(request.authority()), request, path) : null;
        return route == null ? anyHost.find(path, request) : route;
    }

    private @Nullable Route findByHost(String host, GatewayRequest request, String path) {
        Route route = find(host, request, path);
        for (int dot = host.indexOf('.'); route == null && dot >= 0; dot = host.indexOf('.', dot + 1)) {
            route = find(host.substring(dot), request, path);
        }
        return route;
    }

    private @Nullable Route find(String host, GatewayRequest request, String path) {
        PathIndex index = byHost.get(host);
        return index == null ? null : index.find(path, request);
    }

    /** The host of an authority: lower case, without port and without the dot that may end a name. */
    static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = (hasPort ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
