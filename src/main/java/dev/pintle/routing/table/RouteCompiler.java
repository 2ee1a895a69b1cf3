package dev.pintle.routing.table;

import dev.pintle.config.LayeredSettings;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.Settings;
import dev.pintle.config.Specs;
import dev.pintle.config.VersionedDocument;
import dev.pintle.http.Chain;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import dev.pintle.policy.PolicyTypes;
import dev.pintle.policy.concurrency.RouteConcurrency;
import dev.pintle.policy.timeout.TimeoutSpec;
import dev.pintle.policy.timeout.TimeoutType;
import dev.pintle.routing.Route;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.upstream.Attempt;
import dev.pintle.upstream.UpstreamSettings;
import dev.pintle.upstream.UpstreamType;
import dev.pintle.upstream.circuitbreaker.CircuitBreakerSettings;
import dev.pintle.upstream.circuitbreaker.CircuitBreakerType;
import dev.pintle.upstream.target.Timeouts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles a route document: creates the policies that apply, in order, around an upstream attempt. */
final class RouteCompiler {
    private final RouteRuntime runtime;

    RouteCompiler(RouteRuntime runtime) {
        this.runtime = runtime;
    }

    Route compile(RouteDocument document, VersionedDocument source, Specs defaults) {
        String id = document.id();
        LayeredSettings settings = new LayeredSettings(document.settings(), defaults);
        RouteMetrics metrics = runtime.metrics().route(id);
        PolicyContext context =
                new PolicyContext(id, document.match(), settings, metrics, runtime.services(), runtime.states());
        Map<String, Policy> chain = new LinkedHashMap<>();
        runtime.states().release(id);
        for (PolicyType<?> type : PolicyTypes.ALL) {
            add(type, context, chain);
            if (type.answers() && chain.containsKey(type.key())) {
                break;
            }
        }
        return new Route(
                id,
                source,
                document.spec(),
                document.match().compiledTemplate(),
                settings,
                List.copyOf(chain.keySet()),
                Chain.of(List.copyOf(chain.values()), innermost(id, settings, metrics)),
                context.state(RouteConcurrency.class, RouteConcurrency::new),
                metrics);
    }

    private static <S extends Record> void add(PolicyType<S> type, PolicyContext context, Map<String, Policy> chain) {
        if (type.standard() || context.settings().contains(type)) {
            Policy policy = type.create(context.settings().of(type), context);
            if (policy != null) {
                chain.put(type.key(), policy);
            }
        }
    }

    private Handler innermost(String id, LayeredSettings settings, RouteMetrics metrics) {
        if (settings.contains(UpstreamType.TYPE)) {
            return attempt(id, settings, metrics);
        }
        return exchange -> {
            throw new IllegalStateException("no policy of the route " + id + " answers");
        };
    }

    private Attempt attempt(String id, LayeredSettings settings, RouteMetrics metrics) {
        CircuitBreakerSettings circuitBreaker = settings.contains(CircuitBreakerType.TYPE)
                ? CircuitBreakerType.settings(settings.of(CircuitBreakerType.TYPE))
                : null;
        Settings<TimeoutSpec> timeout = settings.of(TimeoutType.TYPE);
        return runtime.upstreams()
                .attempt(
                        id,
                        UpstreamSettings.of(settings.of(UpstreamType.TYPE), circuitBreaker, runtime.tls()),
                        new Timeouts(
                                timeout.get(TimeoutSpec::connect),
                                timeout.get(TimeoutSpec::attempt),
                                timeout.get(TimeoutSpec::idle),
                                timeout.get(TimeoutSpec::stream)),
                        metrics);
    }
}
