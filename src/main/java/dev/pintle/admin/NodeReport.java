package dev.pintle.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.policy.limit.Mode;
import dev.pintle.routing.KeptOut;
import dev.pintle.routing.LiveTable;
import dev.pintle.routing.Route;
import dev.pintle.routing.RouteTable;
import dev.pintle.routing.Source;
import dev.pintle.routing.Workshop;
import dev.pintle.sync.Sync;
import dev.pintle.sync.SyncStatus;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a node tells about itself: the pages of introspection. Safe for all threads. */
public final class NodeReport {
    private final Sync sync;
    private final LiveTable live;
    private final Workshop workshop;
    private final TrafficReport traffic;
    private final Readiness readiness;
    private final PrometheusRegistry registry;
    private final ExpositionFormats formats = ExpositionFormats.init();

    public NodeReport(Sync sync, LiveTable live, Workshop workshop, Readiness readiness, PrometheusRegistry registry) {
        this.sync = sync;
        this.live = live;
        this.workshop = workshop;
        this.traffic = new TrafficReport(workshop);
        this.readiness = readiness;
        this.registry = registry;
    }

    /** Degraded, never dead: without PostgreSQL and Redis the node proxies on. */
    Page health() {
        SyncStatus status = sync.status();
        Mode mode = workshop.rateLimits().mode();
        ObjectNode json = word(healthWord()).put("database", status.databaseUp() ? "up" : "down");
        if (mode != Mode.LOCAL) {
            json.put("redis", mode == Mode.REDIS ? "up" : "down");
        }
        json.putObject("config")
                .put("revision", status.revision())
                .put("ageSeconds", status.age().toSeconds())
                .put("source", lowerCase(status.source()));
        return Page.json(200, json);
    }

    /** The same without the parts, for anyone. */
    Page healthPage() {
        return Page.json(200, word(healthWord()));
    }

    Page ready() {
        return Page.json(readiness.isReady() ? 200 : 503, word(readiness.word()));
    }

    Page routes(Slice slice) {
        RouteTable table = live.current();
        Slice.Ids ids = slice.of(Stream.concat(
                table.routes().stream().map(Route::id), table.keptOut().stream().map(KeptOut::id)));
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("revision", table.revision())
                .put("source", lowerCase(table.source()));
        ArrayNode routes = json.putArray("routes");
        table.routes().stream().filter(route -> ids.has(route.id())).forEach(route -> {
            ObjectNode entry = routes.addObject().put("id", route.id());
            entry.set("match", route.source().json().path("match"));
            ArrayNode policies = entry.putArray("policies");
            route.policyNames().forEach(policies::add);
        });
        ArrayNode keptOut = json.putArray("rejected");
        table.keptOut().stream()
                .filter(route -> ids.has(route.id()))
                .forEach(route -> keptOut.addObject().put("id", route.id()).put("reason", route.reason()));
        ids.tellNext(json);
        return Page.json(200, json);
    }

    Page circuits(Slice slice) {
        return Page.json(200, traffic.circuits(slice));
    }

    Page limits(Slice slice) {
        return Page.json(200, traffic.limits(slice));
    }

    /** @param accept the form that the reader wants: Prometheus text unless it asks for OpenMetrics */
    Page metrics(@Nullable String accept) {
        ExpositionFormatWriter openMetrics = formats.getOpenMetricsTextFormatWriter();
        ExpositionFormatWriter writer =
                openMetrics.accepts(accept) ? openMetrics : formats.getPrometheusTextFormatWriter();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            writer.write(content, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written to", e);
        }
        return new Page(200, writer.getContentType(), content.toString(StandardCharsets.UTF_8));
    }

    private String healthWord() {
        SyncStatus status = sync.status();
        boolean well = status.databaseUp()
                && status.source() == Source.DATABASE
                && status.fault() == null
                && workshop.rateLimits().mode() != Mode.SPLIT;
        return well ? "up" : "degraded";
    }

    private static ObjectNode word(String word) {
        return JsonNodeFactory.instance.objectNode().put("status", word);
    }

    private static String lowerCase(Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }
}
