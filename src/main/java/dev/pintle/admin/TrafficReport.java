package dev.pintle.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.policy.limit.Drained;
import dev.pintle.policy.limit.Limit;
import dev.pintle.policy.limit.Permits;
import dev.pintle.policy.limit.RateLimits;
import dev.pintle.route.Durations;
import dev.pintle.routing.Workshop;
import dev.pintle.upstream.Circuit;
import dev.pintle.upstream.ForcedCircuit;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What may stand between clients and upstreams on this node, as it is now: circuits and limits. Safe for all threads. */
final class TrafficReport {
    private static final int MOST_DRAINED = 20;

    private final Workshop workshop;

    TrafficReport(Workshop workshop) {
        this.workshop = workshop;
    }

    JsonNode circuits(Slice slice) {
        List<Circuit> all = workshop.upstreams().circuits();
        Slice.Ids ids = slice.of(all.stream().map(Circuit::route));
        ObjectNode json = circuits(all, ids::has);
        ids.tellNext(json);
        return json;
    }

    /** The circuits of one route. */
    JsonNode circuits(String route) {
        return circuits(workshop.upstreams().circuits(), route::equals);
    }

    private static ObjectNode circuits(List<Circuit> all, Predicate<String> ofRoute) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode circuits = json.putArray("circuits");
        all.stream()
                .filter(circuit -> ofRoute.test(circuit.route()))
                .forEach(circuit -> put(circuit, circuits.addObject()));
        return json;
    }

    private static void put(Circuit circuit, ObjectNode json) {
        json.put("route", circuit.route())
                .put("target", circuit.target())
                .put("state", circuit.state().text())
                .put("failures", circuit.failures())
                .put("since", circuit.since().truncatedTo(ChronoUnit.MILLIS).toString());
        if (circuit.retryAt() != null) {
            json.put("retryAt", circuit.retryAt().truncatedTo(ChronoUnit.MILLIS).toString());
        }
        ForcedCircuit forced = circuit.forced();
        if (forced != null) {
            json.putObject("forced")
                    .put("state", forced.state().text())
                    .put("until", forced.until().truncatedTo(ChronoUnit.MILLIS).toString())
                    .put("reason", forced.reason());
        }
    }

    JsonNode limits(Slice slice) {
        RateLimits rateLimits = workshop.rateLimits();
        List<Limit> all = rateLimits.limits();
        Map<String, Permits> permits = new TreeMap<>(workshop.permits().all());
        Slice.Ids ids = slice.of(Stream.concat(all.stream().map(Limit::route), permits.keySet().stream()));
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("mode", rateLimits.mode().text());
        ArrayNode limits = json.putArray("limits");
        all.stream().filter(limit -> ids.has(limit.route())).forEach(limit -> put(limit, limits.addObject()));
        ArrayNode drained = json.putArray("depleted");
        rateLimits.drained(MOST_DRAINED).forEach(bucket -> put(bucket, drained.addObject()));
        ArrayNode concurrency = json.putArray("concurrency");
        permits.keySet().removeIf(route -> !ids.has(route));
        permits.forEach((route, taken) -> put(route, taken, concurrency.addObject()));
        ids.tellNext(json);
        return json;
    }

    private static void put(Limit limit, ObjectNode json) {
        json.put("route", limit.route())
                .put("requests", limit.permits())
                .put("per", Durations.format(limit.per()))
                .put("key", limit.key())
                .put("allowed", limit.allowed())
                .put("refused", limit.refused());
    }

    private static void put(Drained bucket, ObjectNode json) {
        json.put("route", bucket.route())
                .put("key", bucket.key())
                .put("left", bucket.left())
                .put("burst", bucket.burst());
    }

    private static void put(String route, Permits permits, ObjectNode json) {
        json.put("route", route).put("inUse", permits.inUse()).put("maxInFlight", permits.max());
    }
}
