package dev.pintle.routing.explain;

import dev.pintle.config.Settings;
import dev.pintle.http.Body;
import dev.pintle.http.Cancellation;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.TraceContext;
import dev.pintle.http.TraceId;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import dev.pintle.policy.PolicyTypes;
import dev.pintle.policy.authentication.AuthenticationType;
import dev.pintle.policy.authorization.AuthorizationType;
import dev.pintle.policy.externalauth.ExternalAuthSpec;
import dev.pintle.policy.externalauth.ExternalAuthType;
import dev.pintle.policy.ipfilter.IpFilterType;
import dev.pintle.policy.maintenance.MaintenanceType;
import dev.pintle.policy.ratelimit.LimitLevel;
import dev.pintle.policy.ratelimit.RateLimitsType;
import dev.pintle.routing.Route;
import dev.pintle.routing.explain.AccessReport.Decision;
import dev.pintle.routing.explain.AccessReport.Step;
import dev.pintle.routing.table.RouteRuntime;
import dev.pintle.telemetry.Metrics;
import dev.pintle.time.TimeBudget;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs the policies that decide about access, with the credentials of the request. It verifies tokens, keys and passwords as live
 * traffic does. It sends no request, charges no limit, and counts in no metric. Safe for all threads.
 */
final class AccessPreview {
    private static final Set<PolicyType<?>> DECIDING =
            Set.of(MaintenanceType.TYPE, IpFilterType.TYPE, AuthenticationType.TYPE, AuthorizationType.TYPE);
    private static final TraceContext TRACE =
            new TraceContext(new TraceId("0".repeat(31) + "1"), "0".repeat(15) + "1", "00", null);
    private static final GatewayResponse PASSED = new FinalResponse(204, Headers.EMPTY, Body.EMPTY);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RouteRuntime runtime;

    AccessPreview(RouteRuntime runtime) {
        this.runtime = runtime;
    }

    AccessReport of(Route route, GatewayRequest request, ExplainedClient client) {
        ExchangeContext context = new ExchangeContext(TRACE, client);
        context.routed(route.id(), route.path(), client);
        context.pathParameters(route.pathParameters(request.path()));
        Exchange exchange = new Exchange(
                request,
                client,
                context,
                new TimeBudget(PATIENCE, runtime.services().ticker()),
                new Cancellation());
        List<Step> steps = new ArrayList<>();
        for (PolicyType<?> type : PolicyTypes.ALL) {
            Step step = route.policyNames().contains(type.key()) ? step(type, route, exchange) : null;
            if (step != null) {
                steps.add(step);
                if (step.decision() == Decision.REFUSES) {
                    break;
                }
            }
        }
        return new AccessReport(steps, context.identity(), limits(route, exchange));
    }

    private @Nullable Step step(PolicyType<?> type, Route route, Exchange exchange) {
        if (type == ExternalAuthType.TYPE) {
            String url = route.settings().of(ExternalAuthType.TYPE).get(ExternalAuthSpec::url);
            return undecided(type, "the answer of " + url + " decides; the explanation does not ask it");
        }
        if (type == IpFilterType.TYPE && exchange.client().address().isEmpty()) {
            return undecided(type, "the address of the client decides; add clientAddress");
        }
        return DECIDING.contains(type) ? decided(type, route, exchange) : null;
    }

    private static Step undecided(PolicyType<?> type, String detail) {
        return new Step(type.key(), Decision.UNDECIDED, null, detail);
    }

    private <S extends Record> @Nullable Step decided(PolicyType<S> type, Route route, Exchange exchange) {
        Settings<S> settings = route.settings().of(type);
        PolicyContext context = new PolicyContext(
                route.id(),
                Objects.requireNonNull(route.spec().match()),
                route.settings(),
                new Metrics(new PrometheusRegistry()).route(route.id()),
                runtime.services(),
                runtime.states());
        Policy policy = type.create(settings, context);
        if (policy == null) {
            return null;
        }
        policy.apply(exchange, passed -> PASSED);
        ErrorCode code = exchange.context().code();
        return code == null
                ? new Step(type.key(), Decision.PASSES, null, null)
                : new Step(
                        type.key(), Decision.REFUSES, code, exchange.context().detail());
    }

    private List<LimitLevel> limits(Route route, Exchange exchange) {
        if (!route.settings().contains(RateLimitsType.TYPE)) {
            return List.of();
        }
        Set<String> names = RateLimitsType.names(
                route.settings().of(RateLimitsType.TYPE),
                exchange.context().identity().groups());
        return runtime.rateLimits().levels(route.id(), exchange, names);
    }
}
