package dev.pintle.introspection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Durations;
import dev.pintle.policy.concurrency.ConcurrencyLimiter;
import dev.pintle.policy.ratelimit.DepletedBucket;
import dev.pintle.policy.ratelimit.RateLimitStatus;
import dev.pintle.policy.ratelimit.RateLimiterRegistry;
import dev.pintle.routing.table.RouteRuntime;
import dev.pintle.upstream.UpstreamRegistry;
import dev.pintle.upstream.circuitbreaker.CircuitState;
import dev.pintle.upstream.circuitbreaker.CircuitStatus;
import dev.pintle.upstream.circuitbreaker.ForcedCircuit;
import dev.pintle.upstream.discovery.DiscoveryStatus;
import dev.pintle.upstream.state.TargetAvailability;
import dev.pintle.upstream.target.LastFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes the current circuits and limits of this node as JSON. Safe for all threads. */
public final class TrafficStatus {
    private static final int MAX_DEPLETED = 20;

    private final RouteRuntime runtime;

    public TrafficStatus(RouteRuntime runtime) {
        this.runtime = runtime;
    }

    public JsonNode circuits(PageRequest page) {
        UpstreamRegistry upstreams = runtime.upstreams();
        PageRequest.Ids ids = page.of(Stream.concat(
                Stream.concat(
                        upstreams.circuits().stream().map(CircuitStatus::route),
                        upstreams.discoveries().stream().map(DiscoveryStatus::route)),
                upstreams.availabilities().stream().map(TargetAvailability::route)));
        ObjectNode json = circuits(ids::has);
        ids.putNext(json);
        return json;
    }

    /** The circuits of one route, and the state of its targets. */
    public ObjectNode circuits(String route) {
        return circuits(route::equals);
    }

    private ObjectNode circuits(Predicate<String> routeFilter) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode circuits = json.putArray("circuits");
        runtime.upstreams().circuits().stream()
                .filter(circuit -> routeFilter.test(circuit.route()))
                .forEach(circuit -> put(circuit, circuits.addObject()));
        ArrayNode targets = json.putArray("targets");
        runtime.upstreams().availabilities().stream()
                .filter(target -> routeFilter.test(target.route()))
                .forEach(target -> put(target, targets.addObject()));
        ArrayNode discovery = json.putArray("discovery");
        runtime.upstreams().discoveries().stream()
                .filter(found -> routeFilter.test(found.route()))
                .forEach(found -> put(found, discovery.addObject()));
        return json;
    }

    private static void put(DiscoveryStatus found, ObjectNode json) {
        json.put("route", found.route())
                .put("dns", found.query().name())
                .put("type", found.query().type().name());
        found.targets().forEach(json.putArray("targets")::add);
        putInstant("answeredAt", found.answeredAt(), json);
        if (found.fault() != null) {
            json.put("fault", found.fault());
        }
    }

    /**
     * The circuits that are forced or not closed, and the targets that receive no requests.
     *
     * @param most the maximum length of each list
     */
    ObjectNode troubles(int most) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode circuits = json.putArray("circuits");
        runtime.upstreams().circuits().stream()
                .filter(circuit -> circuit.state() != CircuitState.CLOSED || circuit.forced() != null)
                .limit(most)
                .forEach(circuit -> put(circuit, circuits.addObject()));
        ArrayNode targets = json.putArray("targets");
        runtime.upstreams().availabilities().stream()
                .filter(target -> target.state() != TargetAvailability.State.HEALTHY)
                .limit(most)
                .forEach(target -> put(target, targets.addObject()));
        return json;
    }

    private static void put(TargetAvailability target, ObjectNode json) {
        json.put("route", target.route())
                .put("target", target.target())
                .put("state", target.state().text());
        putInstant("since", target.since(), json);
        putInstant("retryAt", target.retryAt(), json);
        put(target.lastFailure(), json);
    }

    private static void put(@Nullable LastFailure failure, ObjectNode json) {
        if (failure != null) {
            putInstant("at", failure.at(), json.putObject("lastFailure").put("reason", failure.reason()));
        }
    }

    private static void putInstant(String name, @Nullable Instant instant, ObjectNode json) {
        if (instant != null) {
            json.put(name, instant.truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }

    private static void put(CircuitStatus circuit, ObjectNode json) {
        json.put("route", circuit.route())
                .put("target", circuit.target())
                .put("state", circuit.state().text())
                .put("failures", circuit.failures());
        putInstant("since", circuit.since(), json);
        putInstant("retryAt", circuit.retryAt(), json);
        put(circuit.lastFailure(), json);
        ForcedCircuit forced = circuit.forced();
        if (forced != null) {
            json.putObject("forced")
                    .put("state", forced.state().text())
                    .put("until", forced.until().truncatedTo(ChronoUnit.MILLIS).toString())
                    .put("reason", forced.reason())
                    .put("local", forced.local());
        }
    }

    JsonNode limits(PageRequest page) {
        RateLimiterRegistry rateLimits = runtime.rateLimits();
        List<RateLimitStatus> all = rateLimits.limits();
        Map<String, ConcurrencyLimiter> permits = runtime.states().all(ConcurrencyLimiter.class);
        PageRequest.Ids ids =
                page.of(Stream.concat(all.stream().map(RateLimitStatus::route), permits.keySet().stream()));
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("mode", rateLimits.mode().text());
        ArrayNode limits = json.putArray("limits");
        all.stream().filter(limit -> ids.has(limit.route())).forEach(limit -> put(limit, limits.addObject()));
        ArrayNode depleted = json.putArray("depleted");
        rateLimits.depleted(MAX_DEPLETED).forEach(bucket -> put(bucket, depleted.addObject()));
        ArrayNode concurrency = json.putArray("concurrency");
        permits.keySet().removeIf(route -> !ids.has(route));
        permits.forEach((route, taken) -> put(route, taken, concurrency.addObject()));
        ids.putNext(json);
        return json;
    }

    private static void put(RateLimitStatus limit, ObjectNode json) {
        json.put("route", limit.route())
                .put("name", limit.name())
                .put("requests", limit.permits())
                .put("per", Durations.format(limit.per()))
                .put("key", limit.key())
                .put("allowed", limit.allowed())
                .put("refused", limit.refused());
    }

    private static void put(DepletedBucket bucket, ObjectNode json) {
        json.put("route", bucket.route())
                .put("limit", bucket.limit())
                .put("key", bucket.key())
                .put("left", bucket.left())
                .put("burst", bucket.burst());
    }

    private static void put(String route, ConcurrencyLimiter permits, ObjectNode json) {
        json.put("route", route).put("inUse", permits.inUse()).put("maxInFlight", permits.max());
    }
}
