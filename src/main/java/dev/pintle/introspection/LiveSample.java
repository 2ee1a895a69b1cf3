package dev.pintle.introspection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.telemetry.RouteTotals;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of the node at one moment, and its traffic since the sample before. */
public final class LiveSample {
    private final long number;
    private final ObjectNode state;
    private final Map<String, RouteTotals> traffic;
    private final double seconds;

    /**
     * Creates a sample.
     *
     * @param number increases by one with each sample
     * @param traffic by route; only routes with traffic
     * @param seconds the length of the interval; zero if it is unknown
     */
    LiveSample(long number, ObjectNode state, Map<String, RouteTotals> traffic, double seconds) {
        this.number = number;
        this.state = state;
        this.traffic = Map.copyOf(traffic);
        this.seconds = seconds;
    }

    public long number() {
        return number;
    }

    /** As JSON in one line, with the traffic of one more route. */
    public String json(@Nullable String route) {
        if (route == null || seconds == 0) {
            return state.toString();
        }
        ObjectNode json = state.deepCopy();
        TrafficJson.put(traffic.getOrDefault(route, RouteTotals.NONE), seconds, json.putObject("route"));
        return json.toString();
    }
}
