package dev.pintle.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.RouteDocument;
import dev.pintle.routing.RouteSchema;
import dev.pintle.routing.table.EffectiveRouteValidator;
import dev.pintle.upstream.dns.EgressPolicy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Routes and defaults for tests. */
public final class TestRoutes {
    /** A validator of a node without upstreamAllow and with the client certificate "billing". */
    public static final EffectiveRouteValidator VALIDATOR = new EffectiveRouteValidator(
            new DocumentCache(RouteSchema.SCHEMA), new EgressPolicy(List.of()), new TreeSet<>(Set.of("billing")));

    private static final ObjectMapper JSON = new ObjectMapper();

    private TestRoutes() {}

    /** Returns a route to an upstream that is never called. */
    public static RouteDocument route(String id, String path) {
        return route(id, path, "");
    }

    /** Returns a route with a description, to create different versions. */
    public static RouteDocument route(String id, String path, String description) {
        return read("""
                {"id": "%s", "description": "%s", "match": {"path": "%s"},
                 "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}}""".formatted(id, description, path));
    }

    /**
     * Returns the body of a PUT of a route to upstreams.
     *
     * @param further more JSON keys after a comma, or empty
     */
    public static String json(String path, String further, RawUpstream... upstreams) {
        String targets = Stream.of(upstreams)
                .map(upstream -> "{\"url\": \"" + upstream.url() + "\"}")
                .collect(Collectors.joining(", "));
        return "{\"match\": {\"path\": \"%s\"}, \"upstream\": {\"targets\": [%s]}%s}".formatted(path, targets, further);
    }

    public static RouteDocument read(String json) {
        try {
            return new DocumentCache(RouteSchema.SCHEMA).route(JSON.readTree(json));
        } catch (InvalidSpecException | JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    public static DefaultsDocument defaults(String json) {
        try {
            return new DocumentCache(RouteSchema.SCHEMA).defaults(JSON.readTree(json));
        } catch (InvalidSpecException | JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
