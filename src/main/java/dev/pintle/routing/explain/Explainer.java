package dev.pintle.routing.explain;

import dev.pintle.config.Settings;
import dev.pintle.config.SettingsType;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.GatewayRequest;
import dev.pintle.policy.PolicyTypes;
import dev.pintle.policy.rewrite.RewritePolicy;
import dev.pintle.policy.rewrite.RewriteType;
import dev.pintle.policy.template.ValueTemplate;
import dev.pintle.routing.Route;
import dev.pintle.routing.RouteSchema;
import dev.pintle.routing.explain.Explanation.NonMatch;
import dev.pintle.routing.explain.Explanation.Step;
import dev.pintle.routing.match.MatchEntry;
import dev.pintle.routing.match.MatchInput;
import dev.pintle.routing.match.Matcher;
import dev.pintle.routing.path.AmbiguousPathException;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.RouteRuntime;
import dev.pintle.routing.table.RouteSelection;
import dev.pintle.routing.table.RouteTable;
import dev.pintle.upstream.UpstreamSpec;
import dev.pintle.upstream.UpstreamType;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.TargetSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Explains which route matches a request and why the others do not. It uses the path guard, matcher and predicates of
 * live traffic, so that both agree. Safe for all threads.
 */
public final class Explainer {
    private static final int MAX_ROUTES = 20;

    private final ActiveRouteTable active;
    private final AccessPreview access;

    public Explainer(ActiveRouteTable active, RouteRuntime runtime) {
        this.active = active;
        this.access = new AccessPreview(runtime);
    }

    /** Explains how the active route table handles the request of a client. */
    public Explanation explain(GatewayRequest request, ExplainedClient client) {
        RouteTable table = active.current();
        try {
            RouteSelection selection = RouteSelection.of(table.matcher(), request);
            List<NonMatch> nonMatching = nonMatching(table, selection.matched());
            return selection.route() == null
                    ? noRoute(null, nonMatching)
                    : explained(selection.route(), table, selection.matched(), client, nonMatching);
        } catch (AmbiguousPathException e) {
            return noRoute("bad-request: the path " + e.getMessage(), nonMatching(table, request));
        }
    }

    private static Explanation noRoute(@Nullable String refusal, List<NonMatch> nonMatching) {
        return new Explanation(null, refusal, null, nonMatching, List.of(), null, List.of());
    }

    private Explanation explained(
            Route route, RouteTable table, GatewayRequest request, ExplainedClient client, List<NonMatch> nonMatching) {
        String refusal = table.refusal(route);
        return new Explanation(
                route.id(),
                refusal == null ? null : ErrorCode.CONFIGURATION_REJECTED.text() + ": " + refusal,
                refusal == null ? upstreamPath(route, request) : null,
                nonMatching,
                shadowedRoutes(table, route, request),
                refusal == null ? access.of(route, request, client) : null,
                refusal == null ? steps(route) : List.of());
    }

    private static List<NonMatch> nonMatching(RouteTable table, GatewayRequest request) {
        record Found(Route route, FailedPredicate failed) {}
        MatchInput input = table.matcher().read(request);
        return table.routes().stream()
                .flatMap(route -> Stream.ofNullable(FailedPredicate.of(MatchEntry.of(route), input))
                        .map(failed -> new Found(route, failed)))
                .sorted(Comparator.comparing(Found::failed)
                        .thenComparing(found -> found.route().id()))
                .limit(MAX_ROUTES)
                .map(found -> new NonMatch(found.route().id(), found.failed().predicate()))
                .toList();
    }

    /**
     * Finds the routes that would match if the routes before them did not exist: removes the best match and matches
     * again.
     */
    private static List<String> shadowedRoutes(RouteTable table, Route first, GatewayRequest request) {
        MatchInput input = table.matcher().read(request);
        List<Route> matching = new ArrayList<>(table.routes().stream()
                .filter(route -> FailedPredicate.of(MatchEntry.of(route), input) == null)
                .toList());
        List<String> found = new ArrayList<>();
        Route next = first;
        while (next != null && found.size() <= MAX_ROUTES) {
            String id = next.id();
            found.add(id);
            matching.removeIf(route -> route.id().equals(id));
            next = Matcher.of(matching).read(request).find(request.path());
        }
        return found.subList(1, found.size());
    }

    private static @Nullable String upstreamPath(Route route, GatewayRequest request) {
        if (!route.settings().contains(UpstreamType.TYPE)) {
            return null;
        }
        List<TargetSpec> targets = route.settings().of(UpstreamType.TYPE).find(UpstreamSpec::targets);
        RewritePolicy rewrite = RewriteType.policy(
                route.settings().of(RewriteType.TYPE),
                Objects.requireNonNull(route.spec().match()));
        String rewritten = rewrite.path(request.path());
        // A discovered target has no path of its own.
        String path = targets == null
                ? rewritten
                : Target.of(Objects.requireNonNull(targets.getFirst().url()), 1).join(rewritten);
        String query = rewrite.query(request.query(), ValueTemplate::text);
        return query == null ? path : path + '?' + query;
    }

    private static List<Step> steps(Route route) {
        Stream<SettingsType<?>> chain = PolicyTypes.ALL.stream()
                .filter(type -> route.policyNames().contains(type.key()))
                .map(type -> type);
        Stream<SettingsType<?>> others = RouteSchema.NO_POLICIES.stream().filter(route.settings()::contains);
        return Stream.concat(chain, others).map(type -> step(type, route)).toList();
    }

    private static Step step(SettingsType<?> type, Route route) {
        Settings<?> settings = route.settings().of(type);
        return new Step(type.key(), settings.values(), settings.origins());
    }
}
