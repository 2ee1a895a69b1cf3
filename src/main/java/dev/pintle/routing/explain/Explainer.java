package dev.pintle.routing.explain;

import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.DefaultsSpec;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MatchSpec;
import dev.pintle.config.RouteSpec;
import dev.pintle.config.UpstreamSpec;
import dev.pintle.http.GatewayRequest;
import dev.pintle.policy.rewrite.PathRewritePolicy;
import dev.pintle.routing.Route;
import dev.pintle.routing.explain.Explanation.Miss;
import dev.pintle.routing.explain.Explanation.Step;
import dev.pintle.routing.match.MatchEntry;
import dev.pintle.routing.match.Matcher;
import dev.pintle.routing.path.AmbiguousPathException;
import dev.pintle.routing.path.PathAmbiguityGuard;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.LayeredSettings;
import dev.pintle.routing.table.RouteCompiler;
import dev.pintle.routing.table.RouteTable;
import dev.pintle.routing.table.SettingOrigins;
import dev.pintle.upstream.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells which route takes a request and why the others do not. It asks the same rule, matcher and conditions as live
 * traffic, so the two cannot disagree. Safe for all threads.
 */
public final class Explainer {
    private static final int MOST_CANDIDATES = 20;
    private static final int MOST_SHADOWS = 20;

    private final ActiveRouteTable live;

    public Explainer(ActiveRouteTable live) {
        this.live = live;
    }

    /** What would become of a request now. */
    public Explanation explain(GatewayRequest request) {
        RouteTable table = live.current();
        List<MatchEntry> candidates =
                table.routes().stream().map(MatchEntry::of).toList();
        Route route = null;
        String refusal = null;
        try {
            route = PathAmbiguityGuard.select(table.matcher(), request);
        } catch (AmbiguousPathException e) {
            refusal = e.getMessage();
        }
        return new Explanation(
                route == null ? null : route.id(),
                refusal,
                route == null ? null : upstreamPath(route, defaults(table), request),
                misses(candidates, request),
                route == null ? List.of() : shadows(table, route, request),
                route == null ? List.of() : steps(route, defaults(table)));
    }

    private static List<Miss> misses(List<MatchEntry> candidates, GatewayRequest request) {
        record Found(MatchEntry candidate, Failed failed) {}
        return candidates.stream()
                .flatMap(candidate ->
                        Stream.ofNullable(Failed.of(candidate, request)).map(failed -> new Found(candidate, failed)))
                .sorted(Comparator.<Found, Failed>comparing(Found::failed)
                        .thenComparing(found -> found.candidate().route().id()))
                .limit(MOST_CANDIDATES)
                .map(found ->
                        new Miss(found.candidate().route().id(), found.failed().predicate()))
                .toList();
    }

    /** Takes away the route that is found, again and again, and sees which one is found then. */
    private static List<String> shadows(RouteTable table, Route first, GatewayRequest request) {
        List<Route> left = new ArrayList<>(table.routes().stream()
                .filter(route -> Failed.of(MatchEntry.of(route), request) == null)
                .toList());
        List<String> shadows = new ArrayList<>();
        Route found = first;
        while (found != null && shadows.size() <= MOST_SHADOWS) {
            String id = found.id();
            shadows.add(id);
            left.removeIf(route -> route.id().equals(id));
            found = Matcher.of(left).find(request, request.path());
        }
        return shadows.subList(1, shadows.size());
    }

    private static String upstreamPath(Route route, DefaultsSpec defaults, GatewayRequest request) {
        RouteSpec spec = route.spec();
        MatchSpec match = Objects.requireNonNull(spec.match());
        UpstreamSpec upstream = Objects.requireNonNull(spec.upstream());
        PathRewritePolicy rewrite = RouteCompiler.rewrite(match, new LayeredSettings(spec, defaults));
        String url = Objects.requireNonNull(
                Objects.requireNonNull(upstream.targets()).getFirst().url());
        String path = Target.of(url, 1).join(rewrite.rewritten(request.path()));
        return request.query() == null ? path : path + '?' + request.query();
    }

    private static List<Step> steps(Route route, DefaultsSpec defaults) {
        RouteSpec spec = route.spec();
        SettingOrigins origins = new SettingOrigins(spec, defaults);
        Stream<String> breaker = new LayeredSettings(spec, defaults).given(specs -> specs.circuitBreaker())
                ? Stream.of("circuitBreaker")
                : Stream.empty();
        return Stream.concat(route.policyNames().stream(), breaker)
                .map(origins::of)
                .toList();
    }

    private static DefaultsSpec defaults(RouteTable table) {
        try {
            return DefaultsDocument.read(table.defaults().json()).spec();
        } catch (InvalidSpecException e) {
            return DefaultsSpec.NONE;
        }
    }

    /**
     * The first predicate of a candidate that does not hold. The order is by how near the candidate came.
     *
     * @param rank of the predicate: the later it is asked, the smaller
     * @param pathInCommon how many octets of the path the candidate shares
     */
    private record Failed(String predicate, int rank, int pathInCommon) implements Comparable<Failed> {
        private static final List<String> ORDER = List.of("query", "header", "method", "host", "path");

        static @Nullable Failed of(MatchEntry candidate, GatewayRequest request) {
            String predicate = candidate.failed(request);
            if (predicate == null) {
                return null;
            }
            return new Failed(
                    predicate, ORDER.indexOf(predicate.split(":", 2)[0]), inCommon(candidate.path(), request.path()));
        }

        private static int inCommon(String one, String other) {
            int length = 0;
            while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
                length++;
            }
            return length;
        }

        @Override
        public int compareTo(Failed other) {
            return Comparator.comparingInt(Failed::rank)
                    .thenComparing(Failed::pathInCommon, Comparator.reverseOrder())
                    .compare(this, other);
        }
    }
}
