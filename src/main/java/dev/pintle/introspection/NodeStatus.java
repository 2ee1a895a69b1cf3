package dev.pintle.introspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.policy.ratelimit.RateLimitMode;
import dev.pintle.routing.RejectedRoute;
import dev.pintle.routing.Route;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.ConfigurationSource;
import dev.pintle.routing.table.RouteRuntime;
import dev.pintle.routing.table.RouteTable;
import dev.pintle.sync.ConfigurationSync;
import dev.pintle.sync.SyncStatus;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates the introspection pages of a node. Safe for all threads. */
public final class NodeStatus {
    private static final String UP = "up";
    private static final String DEGRADED = "degraded";
    private static final int MAX_REJECTED = 100;

    private final ConfigurationSync sync;
    private final ActiveRouteTable activeTable;
    private final RouteRuntime runtime;
    private final TrafficStatus traffic;
    private final Readiness readiness;
    private final PrometheusRegistry registry;
    private final ExpositionFormats formats = ExpositionFormats.init();

    public NodeStatus(
            ConfigurationSync sync,
            ActiveRouteTable activeTable,
            RouteRuntime runtime,
            Readiness readiness,
            PrometheusRegistry registry) {
        this.sync = sync;
        this.activeTable = activeTable;
        this.runtime = runtime;
        this.traffic = new TrafficStatus(runtime);
        this.readiness = readiness;
        this.registry = registry;
    }

    /** Reports up or degraded, always with status 200: a node without PostgreSQL and Redis still proxies requests. */
    public IntrospectionResponse health() {
        SyncStatus status = sync.status();
        RouteTable table = activeTable.current();
        RateLimitMode mode = runtime.rateLimits().mode();
        List<String> reasons = Degradation.reasons(status, table, runtime);
        ObjectNode json = word(reasons.isEmpty() ? UP : DEGRADED);
        if (!reasons.isEmpty()) {
            reasons.forEach(json.putArray("reasons")::add);
        }
        json.put("database", databaseWord(status));
        if (mode != RateLimitMode.LOCAL) {
            json.put("redis", mode == RateLimitMode.REDIS ? "up" : "down");
        }
        json.putObject("config")
                .put("revision", status.revision())
                .put("ageSeconds", status.age().toSeconds())
                .put("source", lowerCase(status.source()));
        if (!table.rejected().isEmpty()) {
            putRejected(table.rejected().stream().limit(MAX_REJECTED), json);
        }
        return IntrospectionResponse.json(200, json);
    }

    private static String databaseWord(SyncStatus status) {
        if (!status.databaseUp()) {
            return "down";
        }
        return status.writable() ? UP : "read-only";
    }

    private static void putRejected(Stream<RejectedRoute> routes, ObjectNode json) {
        ArrayNode rejected = json.putArray("rejected");
        routes.forEach(route -> rejected.addObject().put("id", route.id()).put("reason", route.reason()));
    }

    /** The public form of health, without details. */
    IntrospectionResponse healthPage() {
        return IntrospectionResponse.json(200, word(healthWord()));
    }

    /** Reports whether a load balancer should send requests: not while every route would refuse them. */
    public IntrospectionResponse ready() {
        if (readiness.isReady() && activeTable.current().lacksDefaults()) {
            return IntrospectionResponse.json(503, word("rejecting"));
        }
        return IntrospectionResponse.json(readiness.isReady() ? 200 : 503, word(readiness.word()));
    }

    public IntrospectionResponse routes(PageRequest page) {
        RouteTable table = activeTable.current();
        PageRequest.Ids ids = page.of(Stream.concat(
                table.routes().stream().map(Route::id),
                table.rejected().stream().map(RejectedRoute::id)));
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
        putRejected(table.rejected().stream().filter(route -> ids.has(route.id())), json);
        ids.putNext(json);
        return IntrospectionResponse.json(200, json);
    }

    public IntrospectionResponse circuits(PageRequest page) {
        return IntrospectionResponse.json(200, traffic.circuits(page));
    }

    public IntrospectionResponse limits(PageRequest page) {
        return IntrospectionResponse.json(200, traffic.limits(page));
    }

    /**
     * Renders every metric of the node.
     *
     * @param accept the {@code Accept} header: Prometheus text unless it asks for OpenMetrics
     */
    public IntrospectionResponse metrics(@Nullable String accept) {
        ExpositionFormatWriter writer = AcceptHeader.hasOpenMetrics(accept)
                ? formats.getOpenMetricsTextFormatWriter()
                : formats.getPrometheusTextFormatWriter();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            writer.write(content, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return new IntrospectionResponse(200, writer.getContentType(), content.toString(StandardCharsets.UTF_8));
    }

    private String healthWord() {
        return Degradation.reasons(sync.status(), activeTable.current(), runtime)
                        .isEmpty()
                ? UP
                : DEGRADED;
    }

    private static ObjectNode word(String word) {
        return JsonNodeFactory.instance.objectNode().put("status", word);
    }

    private static String lowerCase(ConfigurationSource source) {
        return source.name().toLowerCase(Locale.ROOT);
    }
}
