package dev.pintle.routing.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.LayeredSettings;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.Specs;
import dev.pintle.config.VersionedDocument;
import dev.pintle.http.Body;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeMeter;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.http.TunnelMeter;
import dev.pintle.policy.concurrency.ConcurrencyLimiter;
import dev.pintle.policy.concurrency.RouteConcurrency;
import dev.pintle.policy.ratelimit.RateLimiterRegistry;
import dev.pintle.routing.Route;
import dev.pintle.routing.RouteSchema;
import dev.pintle.routing.match.Matcher;
import dev.pintle.telemetry.Metrics;
import dev.pintle.testing.TestLookup;
import dev.pintle.time.Ticker;
import dev.pintle.tunnel.OpenTunnels;
import dev.pintle.upstream.UpstreamRegistry;
import dev.pintle.upstream.dns.EgressPolicy;
import dev.pintle.upstream.target.UpstreamClient;
import dev.pintle.upstream.tls.ClientCertificates;
import dev.pintle.upstream.tls.ClientTlsCache;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Creates routes, matchers, requests and route tables for tests. */
public final class Tables {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ExchangeMeter UNCOUNTED = new ExchangeMeter() {
        @Override
        public TunnelMeter tunnel() {
            throw new UnsupportedOperationException("no tunnel is expected");
        }

        @Override
        public void began() {}

        @Override
        public void transferred() {}

        @Override
        public void ended(ExchangeContext context, ExchangeResult outcome) {}
    };

    private Tables() {}

    /** A route document; {@code match} is JSON without the braces. */
    public static ObjectNode document(String id, String match) {
        return json("{\"id\": \"" + id + "\", \"match\": {" + match
                + "}, \"upstream\": {\"targets\": [{\"url\": \"http://127.0.0.1:9\"}]}}");
    }

    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    public static Route route(String id, String match) {
        try {
            ObjectNode json = document(id, match);
            RouteDocument document = new DocumentCache(RouteSchema.SCHEMA).route(json);
            return new Route(
                    id,
                    new VersionedDocument(1, json),
                    document.spec(),
                    document.match().compiledTemplate(),
                    new LayeredSettings(document.settings(), Specs.NONE),
                    List.of(),
                    exchange -> {
                        throw new AssertionError("this test sends no request");
                    },
                    new RouteConcurrency(),
                    UNCOUNTED);
        } catch (InvalidSpecException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Creates prefix routes whose ids are their paths. */
    public static Matcher prefixes(String... paths) {
        List<Route> routes = new ArrayList<>();
        for (String path : paths) {
            String id = path.equals("/") ? "root" : path.substring(1).replace('/', '-');
            routes.add(route(id, "\"path\": \"" + path + '"'));
        }
        return Matcher.of(routes);
    }

    public static GatewayRequest get(String path) {
        return request("GET", "gateway.test", path, null, Headers.EMPTY);
    }

    public static GatewayRequest request(String method, String authority, String path, String query, Headers headers) {
        return new GatewayRequest(method, "http", authority, path, query, headers, Body.EMPTY);
    }

    public static ActiveRouteTable active() {
        return new ActiveRouteTable(runtime());
    }

    /** Components that send no request. */
    public static RouteRuntime runtime() {
        return runtime((target, exchange, timeouts) -> {
            throw new AssertionError("this test sends no request");
        });
    }

    public static ActiveRouteTable active(UpstreamClient client) {
        return new ActiveRouteTable(runtime(client));
    }

    private static RouteRuntime runtime(UpstreamClient client) {
        Metrics metrics = new Metrics(new PrometheusRegistry());
        return new RouteRuntime(
                new UpstreamRegistry(
                        client, TestLookup.NONE, Ticker.SYSTEM, Ticker.SYSTEM, InstantSource.system(), new Random(1)),
                new ClientTlsCache(new ClientCertificates(Map.of())),
                new EgressPolicy(List.of()),
                new RateLimiterRegistry(Ticker.SYSTEM, metrics, 100),
                new ConcurrencyLimiter(100),
                new OpenTunnels(Ticker.SYSTEM),
                metrics,
                Ticker.SYSTEM,
                InstantSource.system(),
                new Random(1));
    }

    public static Configuration configuration(long revision, String defaults, ObjectNode... documents) {
        TreeMap<String, VersionedDocument> routes = new TreeMap<>();
        for (ObjectNode document : documents) {
            routes.put(document.path("id").textValue(), new VersionedDocument(1, document));
        }
        return new Configuration(revision, new VersionedDocument(0, json(defaults)), routes);
    }
}
