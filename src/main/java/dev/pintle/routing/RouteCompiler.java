package dev.pintle.routing;

import dev.pintle.exchange.Chain;
import dev.pintle.exchange.Policy;
import dev.pintle.policy.limit.Concurrency;
import dev.pintle.policy.limit.LimitKey;
import dev.pintle.policy.limit.MaxBody;
import dev.pintle.policy.limit.Permits;
import dev.pintle.policy.limit.RateLimitSettings;
import dev.pintle.policy.limit.WhenRedisIsAway;
import dev.pintle.policy.resilience.Deadline;
import dev.pintle.policy.resilience.Retry;
import dev.pintle.policy.resilience.RetryBudget;
import dev.pintle.policy.resilience.RetrySettings;
import dev.pintle.policy.rewrite.MaxForwards;
import dev.pintle.policy.rewrite.PassOn;
import dev.pintle.policy.rewrite.RewritePath;
import dev.pintle.route.ConcurrencySpec;
import dev.pintle.route.DataSize;
import dev.pintle.route.DefaultsSpec;
import dev.pintle.route.MatchSpec;
import dev.pintle.route.PolicySpecs;
import dev.pintle.route.RateLimitSpec;
import dev.pintle.route.RetrySpec;
import dev.pintle.route.RewriteSpec;
import dev.pintle.route.RouteDocument;
import dev.pintle.route.RouteSpec;
import dev.pintle.route.Stored;
import dev.pintle.route.TimeoutSpec;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.upstream.Attempt;
import dev.pintle.upstream.Timeouts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes a route that runs out of what was written. The behaviour of a route is one list of policies, in the order in which
 * a request walks them; a policy that is not configured is not in the list.
 */
final class RouteCompiler {
    private final Workshop workshop;

    RouteCompiler(Workshop workshop) {
        this.workshop = workshop;
    }

    Route compile(RouteDocument document, Stored source, DefaultsSpec defaults) {
        RouteSpec spec = document.spec();
        Layers layers = new Layers(spec, defaults);
        RouteMetrics metrics = workshop.metrics().route(document.id());
        Map<String, Policy> policies = new LinkedHashMap<>();
        addLimits(policies, document.id(), layers, metrics);
        addRewrites(policies, Objects.requireNonNull(spec.match()), layers);
        addResilience(policies, document.id(), layers, metrics);
        return new Route(
                document.id(),
                source,
                spec,
                List.copyOf(policies.keySet()),
                Chain.of(List.copyOf(policies.values()), attempt(document, layers, metrics)),
                metrics);
    }

    private void addLimits(Map<String, Policy> policies, String id, Layers layers, RouteMetrics metrics) {
        if (layers.given(PolicySpecs::rateLimit)) {
            policies.put("rateLimits", workshop.rateLimits().policy(id, rateLimitSettings(layers), metrics));
        } else {
            workshop.rateLimits().off(id);
        }
        DataSize maxBody = layers.valueOrNull(PolicySpecs::maxRequestBody, size -> size);
        if (maxBody != null) {
            policies.put("maxRequestBody", new MaxBody(maxBody.bytes()));
        }
        if (layers.given(PolicySpecs::concurrency)) {
            int max = layers.value(PolicySpecs::concurrency, ConcurrencySpec::maxInFlight);
            Permits permits = workshop.permits().of(id, () -> new Permits(max));
            permits.max(max);
            policies.put("concurrency", new Concurrency(permits));
        }
    }

    /** A burst that nobody wrote is what may be spent in one period. */
    private static RateLimitSettings rateLimitSettings(Layers layers) {
        int permits = layers.value(PolicySpecs::rateLimit, RateLimitSpec::requests);
        Integer burst = layers.valueOrNull(PolicySpecs::rateLimit, RateLimitSpec::burst);
        return new RateLimitSettings(
                permits,
                layers.value(PolicySpecs::rateLimit, RateLimitSpec::per),
                burst == null ? permits : burst,
                LimitKey.parse(layers.value(PolicySpecs::rateLimit, RateLimitSpec::key)),
                WhenRedisIsAway.named(layers.value(PolicySpecs::rateLimit, RateLimitSpec::onRedisFailure)));
    }

    /** What becomes of the path; nothing, where nobody wrote anything. */
    static RewritePath rewrite(MatchSpec match, Layers layers) {
        return new RewritePath(
                Objects.requireNonNull(match.path()),
                layers.value(PolicySpecs::rewrite, RewriteSpec::stripPrefix),
                layers.value(PolicySpecs::rewrite, RewriteSpec::prefix));
    }

    private static void addRewrites(Map<String, Policy> policies, MatchSpec match, Layers layers) {
        String path = Objects.requireNonNull(match.path());
        boolean strip = layers.value(PolicySpecs::rewrite, RewriteSpec::stripPrefix);
        RewritePath rewrite = rewrite(match, layers);
        if (rewrite.changesAnything()) {
            policies.put("rewrite", rewrite);
        }
        policies.put("maxForwards", new MaxForwards());
        boolean preserveHost = layers.value(PolicySpecs::rewrite, RewriteSpec::preserveHost);
        policies.put("forwarding", new PassOn(preserveHost, strip && path.length() > 1 ? path : null));
    }

    private void addResilience(Map<String, Policy> policies, String id, Layers layers, RouteMetrics metrics) {
        policies.put(
                "timeout",
                new Deadline(
                        layers.value(PolicySpecs::timeout, TimeoutSpec::total),
                        layers.value(PolicySpecs::timeout, TimeoutSpec::idle),
                        workshop.ticker()));
        int max = layers.value(PolicySpecs::retry, RetrySpec::max);
        if (max > 0) {
            int percent = layers.value(PolicySpecs::retry, RetrySpec::budgetPercent);
            RetryBudget budget = workshop.retryBudgets().of(id, () -> new RetryBudget(percent, workshop.ticker()));
            budget.percent(percent);
            policies.put(
                    "retry",
                    new Retry(
                            retrySettings(max, layers),
                            budget,
                            metrics,
                            workshop.random(),
                            workshop.clock(),
                            workshop.pause()));
        }
    }

    private static RetrySettings retrySettings(int max, Layers layers) {
        return new RetrySettings(
                max,
                layers.value(PolicySpecs::retry, RetrySpec::backoff),
                layers.value(PolicySpecs::retry, RetrySpec::maxBackoff),
                Set.copyOf(layers.value(PolicySpecs::retry, RetrySpec::on)),
                Set.copyOf(layers.value(PolicySpecs::retry, RetrySpec::methods)),
                Math.toIntExact(layers.value(PolicySpecs::retry, RetrySpec::maxReplayBody)
                        .bytes()));
    }

    private Attempt attempt(RouteDocument document, Layers layers, RouteMetrics metrics) {
        Timeouts timeouts = new Timeouts(
                layers.value(PolicySpecs::timeout, TimeoutSpec::connect),
                layers.value(PolicySpecs::timeout, TimeoutSpec::attempt),
                layers.value(PolicySpecs::timeout, TimeoutSpec::idle));
        return workshop.upstreams()
                .attempt(
                        document.id(),
                        UpstreamCompiler.settings(
                                Objects.requireNonNull(document.spec().upstream()), layers, workshop.tls()),
                        timeouts,
                        metrics);
    }
}
