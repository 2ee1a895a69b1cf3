package dev.pintle.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.config.DefaultsDocument;
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

/** Routes and defaults for tests, from as little JSON as they need. */
public final class TestRoutes {
    /** The rules of a node without upstreamAllow that has the client certificate "billing". */
    public static final EffectiveRouteValidator VALIDATOR =
            new EffectiveRouteValidator(new EgressPolicy(List.of()), new TreeSet<>(Set.of("billing")));

    private static final ObjectMapper JSON = new ObjectMapper();

    private TestRoutes() {}

    /** A route on a path, to an upstream that is never called. */
    public static RouteDocument route(String id, String path) {
        return route(id, path, "");
    }

    /** The same with a description, so that it can differ. */
    public static RouteDocument route(String id, String path, String description) {
        return read("""
                {"id": "%s", "description": "%s", "match": {"path": "%s"},
                 "upstream": {"targets": [{"url": "http://127.0.0.1:9"}]}}""".formatted(id, description, path));
    }

    /** What a PUT of a route to upstreams says; {@code further} is JSON that follows a comma, or empty. */
    public static String json(String path, String further, RawUpstream... upstreams) {
        String targets = Stream.of(upstreams)
                .map(upstream -> "{\"url\": \"" + upstream.url() + "\"}")
                .collect(Collectors.joining(", "));
        return "{\"match\": {\"path\": \"%s\"}, \"upstream\": {\"targets\": [%s]}%s}".formatted(path, targets, further);
    }

    public static RouteDocument read(String json) {
        try {
            return RouteSchema.READER.route(JSON.readTree(json));
        } catch (InvalidSpecException | JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    public static DefaultsDocument defaults(String json) {
        try {
            return RouteSchema.READER.defaults(JSON.readTree(json));
        } catch (InvalidSpecException | JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
