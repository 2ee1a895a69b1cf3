package dev.pintle.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.guard.GuardReport;
import dev.pintle.guard.TrafficCounts;
import dev.pintle.guard.TrafficSample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report of a guard in a heartbeat: {@code {"revision": 7, "before": {"failed": 0, "latencies": [3]}, "since": …}}. */
final class GuardReportJson {
    private GuardReportJson() {}

    static @Nullable String text(@Nullable GuardReport report) {
        if (report == null) {
            return null;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("revision", report.revision());
        write(report.sample().before(), json.putObject("before"));
        write(report.sample().since(), json.putObject("since"));
        return json.toString();
    }

    private static void write(TrafficCounts counts, ObjectNode json) {
        json.put("failed", counts.failed());
        counts.latencies().forEach(json.putArray("latencies")::add);
    }

    static @Nullable GuardReport read(@Nullable String text) {
        if (text == null) {
            return null;
        }
        JsonNode json = RevisionRows.json(text);
        return new GuardReport(
                json.path("revision").asLong(),
                new TrafficSample(counts(json.path("before")), counts(json.path("since"))));
    }

    private static TrafficCounts counts(JsonNode json) {
        List<Long> latencies = new ArrayList<>();
        json.path("latencies").forEach(count -> latencies.add(count.asLong()));
        return new TrafficCounts(json.path("failed").asLong(), latencies);
    }
}
