package dev.pintle.routing.table;

import dev.pintle.config.ConcurrencySpec;
import dev.pintle.config.DataSize;
import dev.pintle.config.DefaultsSpec;
import dev.pintle.config.MatchSpec;
import dev.pintle.config.PolicySpecs;
import dev.pintle.config.RateLimitSpec;
import dev.pintle.config.RetrySpec;
import dev.pintle.config.RewriteSpec;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.RouteSpec;
import dev.pintle.config.TimeoutSpec;
import dev.pintle.config.VersionedDocument;
import dev.pintle.http.Chain;
import dev.pintle.http.Policy;
import dev.pintle.policy.concurrency.ConcurrencyLimitPolicy;
import dev.pintle.policy.concurrency.ConcurrencyLimiter;
import dev.pintle.policy.forwarding.ForwardedHeadersPolicy;
import dev.pintle.policy.forwarding.MaxForwardsPolicy;
import dev.pintle.policy.ratelimit.LimitKey;
import dev.pintle.policy.ratelimit.RateLimitSettings;
import dev.pintle.policy.ratelimit.RedisFailureMode;
import dev.pintle.policy.requestbody.RequestBodyLimitPolicy;
import dev.pintle.policy.retry.RetryBudget;
import dev.pintle.policy.retry.RetryPolicy;
import dev.pintle.policy.retry.RetrySettings;
import dev.pintle.policy.rewrite.PathRewritePolicy;
import dev.pintle.policy.timeout.TimeoutPolicy;
import dev.pintle.routing.Route;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.upstream.Attempt;
import dev.pintle.upstream.target.Timeouts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes a route that runs out of what was written. The behaviour of a route is one list of policies, in the order in which
 * a request walks them; a policy that is not configured is not in the list.
 */
public final class RouteCompiler {
    private final RouteRuntime workshop;

    RouteCompiler(RouteRuntime workshop) {
        this.workshop = workshop;
    }

    Route compile(RouteDocument document, VersionedDocument source, DefaultsSpec defaults) {
        RouteSpec spec = document.spec();
        LayeredSettings layers = new LayeredSettings(spec, defaults);
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

    private void addLimits(Map<String, Policy> policies, String id, LayeredSettings layers, RouteMetrics metrics) {
        if (layers.given(PolicySpecs::rateLimit)) {
            policies.put("rateLimits", workshop.rateLimits().policy(id, rateLimitSettings(layers), metrics));
        } else {
            workshop.rateLimits().off(id);
        }
        DataSize maxBody = layers.valueOrNull(PolicySpecs::maxRequestBody, size -> size);
        if (maxBody != null) {
            policies.put("maxRequestBody", new RequestBodyLimitPolicy(maxBody.bytes()));
        }
        if (layers.given(PolicySpecs::concurrency)) {
            int max = layers.value(PolicySpecs::concurrency, ConcurrencySpec::maxInFlight);
            ConcurrencyLimiter permits = workshop.permits().of(id, () -> new ConcurrencyLimiter(max));
            permits.max(max);
            policies.put("concurrency", new ConcurrencyLimitPolicy(permits));
        }
    }

    /** A burst that nobody wrote is what may be spent in one period. */
    private static RateLimitSettings rateLimitSettings(LayeredSettings layers) {
        int permits = layers.value(PolicySpecs::rateLimit, RateLimitSpec::requests);
        Integer burst = layers.valueOrNull(PolicySpecs::rateLimit, RateLimitSpec::burst);
        return new RateLimitSettings(
                permits,
                layers.value(PolicySpecs::rateLimit, RateLimitSpec::per),
                burst == null ? permits : burst,
                LimitKey.parse(layers.value(PolicySpecs::rateLimit, RateLimitSpec::key)),
                RedisFailureMode.named(layers.value(PolicySpecs::rateLimit, RateLimitSpec::onRedisFailure)));
    }

    /** What becomes of the path; nothing, where nobody wrote anything. */
    public static PathRewritePolicy rewrite(MatchSpec match, LayeredSettings layers) {
        return new PathRewritePolicy(
                Objects.requireNonNull(match.path()),
                layers.value(PolicySpecs::rewrite, RewriteSpec::stripPrefix),
                layers.value(PolicySpecs::rewrite, RewriteSpec::prefix));
    }

    private static void addRewrites(Map<String, Policy> policies, MatchSpec match, LayeredSettings layers) {
        String path = Objects.requireNonNull(match.path());
        boolean strip = layers.value(PolicySpecs::rewrite, RewriteSpec::stripPrefix);
        PathRewritePolicy rewrite = rewrite(match, layers);
        if (rewrite.changesAnything()) {
            policies.put("rewrite", rewrite);
        }
        policies.put("maxForwards", new MaxForwardsPolicy());
        boolean preserveHost = layers.value(PolicySpecs::rewrite, RewriteSpec::preserveHost);
        policies.put("forwarding", new ForwardedHeadersPolicy(preserveHost, strip && path.length() > 1 ? path : null));
    }

    private void addResilience(Map<String, Policy> policies, String id, LayeredSettings layers, RouteMetrics metrics) {
        policies.put(
                "timeout",
                new TimeoutPolicy(
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
                    new RetryPolicy(
                            retrySettings(max, layers),
                            budget,
                            metrics,
                            workshop.random(),
                            workshop.clock(),
                            workshop.pause()));
        }
    }

    private static RetrySettings retrySettings(int max, LayeredSettings layers) {
        return new RetrySettings(
                max,
                layers.value(PolicySpecs::retry, RetrySpec::backoff),
                layers.value(PolicySpecs::retry, RetrySpec::maxBackoff),
                Set.copyOf(layers.value(PolicySpecs::retry, RetrySpec::on)),
                Set.copyOf(layers.value(PolicySpecs::retry, RetrySpec::methods)),
                Math.toIntExact(layers.value(PolicySpecs::retry, RetrySpec::maxReplayBody)
                        .bytes()));
    }

    private Attempt attempt(RouteDocument document, LayeredSettings layers, RouteMetrics metrics) {
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
