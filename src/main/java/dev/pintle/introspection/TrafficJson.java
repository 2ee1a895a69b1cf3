package dev.pintle.introspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.telemetry.RouteTotals;
import java.util.Comparator;
import java.util.Map;

/** Writes the traffic of an interval as rates per second and latencies in milliseconds. */
final class TrafficJson {
    private static final int BUSIEST = 20;

    private TrafficJson() {}

    static void put(RouteTotals traffic, double seconds, ObjectNode json) {
        json.put("requests", rate(traffic.requests(), seconds))
                .put("errors", rate(traffic.errors(), seconds))
                .put("limited", rate(traffic.limited(), seconds));
        putQuantile("p50", 0.5, traffic, json);
        putQuantile("p99", 0.99, traffic, json);
    }

    /** The routes that refuse or fail most requests first, then the busiest. */
    static void putRoutes(Map<String, RouteTotals> traffic, double seconds, ArrayNode routes) {
        Comparator<Map.Entry<String, RouteTotals>> worst = Comparator.comparingLong(
                entry -> -(entry.getValue().errors() + entry.getValue().limited()));
        traffic.entrySet().stream()
                .sorted(worst.thenComparingLong(entry -> -entry.getValue().requests())
                        .thenComparing(Map.Entry::getKey))
                .limit(BUSIEST)
                .forEach(entry ->
                        put(entry.getValue(), seconds, routes.addObject().put("id", entry.getKey())));
    }

    private static double rate(long count, double seconds) {
        return Math.round(count / seconds * 10) / 10.0;
    }

    private static void putQuantile(String name, double quantile, RouteTotals traffic, ObjectNode json) {
        traffic.quantile(quantile).ifPresent(value -> json.put(name, Math.round(value * 10_000) / 10.0));
    }
}
