package dev.pintle.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.exchange.Body;
import dev.pintle.exchange.Facts;
import dev.pintle.exchange.GatewayRequest;
import dev.pintle.exchange.Headers;
import dev.pintle.exchange.Meter;
import dev.pintle.exchange.Outcome;
import dev.pintle.policy.limit.RateLimits;
import dev.pintle.route.Configuration;
import dev.pintle.route.InvalidSpecException;
import dev.pintle.route.RouteDocument;
import dev.pintle.route.Stored;
import dev.pintle.telemetry.Metrics;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.ClientCertificates;
import dev.pintle.upstream.Destinations;
import dev.pintle.upstream.Sender;
import dev.pintle.upstream.TlsContexts;
import dev.pintle.upstream.Upstreams;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Routes, matchers, requests and live tables for tests of this room. */
final class Tables {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Meter UNCOUNTED = new Meter() {
        @Override
        public void began() {}

        @Override
        public void handedOn() {}

        @Override
        public void ended(Facts facts, Outcome outcome) {}
    };

    private Tables() {}

    /** A route document; {@code match} is JSON without the braces. */
    static ObjectNode document(String id, String match) {
        return json("{\"id\": \"" + id + "\", \"match\": {" + match
                + "}, \"upstream\": {\"targets\": [{\"url\": \"http://127.0.0.1:9\"}]}}");
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static Route route(String id, String match) {
        try {
            ObjectNode json = document(id, match);
            return new Route(
                    id,
                    new Stored(1, json),
                    RouteDocument.read(json).spec(),
                    List.of(),
                    exchange -> {
                        throw new AssertionError("nothing is sent here");
                    },
                    UNCOUNTED);
        } catch (InvalidSpecException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Routes by prefix alone, each with its path as its id. */
    static Matcher prefixes(String... paths) {
        List<Route> routes = new ArrayList<>();
        for (String path : paths) {
            String id = path.equals("/") ? "root" : path.substring(1).replace('/', '-');
            routes.add(route(id, "\"path\": \"" + path + '"'));
        }
        return Matcher.of(routes);
    }

    static GatewayRequest get(String path) {
        return request("GET", "gateway.test", path, null, Headers.EMPTY);
    }

    static GatewayRequest request(String method, String authority, String path, String query, Headers headers) {
        return new GatewayRequest(method, "http", authority, path, query, headers, Body.EMPTY);
    }

    static LiveTable live() {
        return live((target, exchange, timeouts) -> {
            throw new AssertionError("nothing is sent here");
        });
    }

    static LiveTable live(Sender sender) {
        Metrics metrics = new Metrics(new PrometheusRegistry());
        return new LiveTable(new Workshop(
                new Upstreams(sender, Ticker.SYSTEM, InstantSource.system(), new Random(1)),
                new TlsContexts(new ClientCertificates(Map.of())),
                new Destinations(List.of()),
                new RateLimits(Ticker.SYSTEM, metrics, 100),
                metrics,
                Ticker.SYSTEM,
                InstantSource.system(),
                new Random(1)));
    }

    static Configuration configuration(long revision, String defaults, ObjectNode... documents) {
        TreeMap<String, Stored> routes = new TreeMap<>();
        for (ObjectNode document : documents) {
            routes.put(document.path("id").textValue(), new Stored(1, document));
        }
        return new Configuration(revision, new Stored(0, json(defaults)), routes);
    }
}
