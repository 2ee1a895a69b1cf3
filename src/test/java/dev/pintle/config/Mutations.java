package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Generates documents with typical mistakes of operators: changed, removed and misplaced values. */
public final class Mutations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A route that uses every key. */
    public static final JsonNode ROUTE = read("""
            {"id": "users", "description": "Users", "enabled": true,
             "match": {"path": "/users", "exact": false, "hosts": ["api.example.com", "*.example.org"],
                       "methods": ["GET", "POST"], "headers": {"X-Beta": "1"}, "query": {"v": "2"}},
             "upstream": {"targets": [{"url": "http://localhost:5001", "weight": 1}], "loadBalancing": "consistent-hash",
                          "hashKey": "header:X-User",
                          "healthCheck": {"path": "/healthz", "interval": "5s", "timeout": "1s", "unhealthyAfter": 3, "healthyAfter": 2},
                          "outlierDetection": {"consecutiveFailures": 5, "ejectionTime": "30s", "maxEjectionPercent": 50}},
             "rewrite": {"stripPrefix": true, "prefix": "/v1", "preserveHost": false},
             "timeout": {"connect": "1s", "attempt": "10s", "total": "30s", "idle": "60s"},
             "retry": {"max": 2, "backoff": "25ms", "maxBackoff": "250ms", "on": ["connect", "502"], "methods": ["GET"],
                       "maxReplayBody": "64KiB", "budgetPercent": 20},
             "circuitBreaker": {"consecutiveFailures": 5, "cooldown": "30s", "halfOpenRequests": 1},
             "concurrency": {"maxInFlight": 512},
             "rateLimits": [{"name": "all", "requests": 100, "per": "1m", "burst": 100, "key": "client", "onRedisFailure": "split",
                             "sharedAs": "all"}],
             "ipFilter": {"allow": ["10.0.0.0/8", "::1"], "deny": ["10.6.6.0/24"]},
             "cors": {"origins": ["https://app.example.com", "https://*.example.org"], "methods": ["GET"],
                      "headers": ["Authorization"], "expose": ["X-Trace-ID"], "credentials": false, "maxAge": "10m"},
             "authentication": {"anyOf": ["apiKey", "basic"], "optional": false, "apiKey": {"from": ["header:X-API-Key"]},
                                "forwardCredentials": false},
             "authorization": {"claims": {"role": ["admin"]}},
             "externalAuth": {"url": "http://auth:9000/verify?a=b", "timeout": "500ms", "requestHeaders": ["Cookie"],
                              "upstreamHeaders": ["X-User"], "clientHeaders": ["Set-Cookie"], "onFailure": "deny"},
             "headers": {"request": {"set": {"X-Consumer": "{consumer.id}"}, "add": {"X-A": "{{"}, "remove": ["X-B"]},
                         "response": {"set": {"X-C": "{route.id}"}, "remove": ["Server"]}},
             "upgrade": ["websocket"], "maxTunnels": 100, "grpcWeb": false,
             "lint": {"accept": {"retry-unsafe": "idempotent"}},
             "maxRequestBody": "10MiB"}""");

    /** Defaults that use every key. */
    public static final JsonNode DEFAULTS = ((ObjectNode) ROUTE.deepCopy())
            .remove(List.of("id", "description", "enabled", "match", "upstream", "lint"));

    /** A simple route file with every key. */
    public static final JsonNode FLAT = read("""
            {"/users": {"backend": "http://localhost:5001", "timeout": 3, "retries": 2, "rate_limit": 100,
                        "circuit_threshold": 5, "circuit_cooldown": 30},
             "/": {"backend": "http://localhost:5002"}}""");

    private static final List<JsonNode> VALUES = Stream.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1",
                    "3.5",
                    "1e400",
                    "99999999999999999999",
                    "2147483648",
                    "\"\"",
                    "\"x\"",
                    "\"/\"",
                    "\"//\"",
                    "\"/a/../b\"",
                    "\"/%zz\"",
                    "\"0s\"",
                    "\"1ms\"",
                    "\"-1s\"",
                    "\"999999999999999999d\"",
                    "\"9999999999999GiB\"",
                    "\"*\"",
                    "\"*.\"",
                    "\"http://\"",
                    "\"http://h:99999\"",
                    "\"http://u@h/\"",
                    "\"http://h/?q\"",
                    "\"http://[::1\"",
                    "\"header:\"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"a\\r\\nb\"",
                    "[]",
                    "{}",
                    "[null]",
                    "[[]]",
                    "[1, 1]",
                    "[\"GET\", \"GET\"]",
                    "{\"\": 1}",
                    "{\"~/\": null}",
                    "{\"path\": \"/x\"}",
                    "[{\"url\": \"http://h\"}, {\"url\": \"http://h\"}]")
            .map(Mutations::read)
            .toList();

    private static final List<String> KEYS =
            List.of("", "id", "~", "a/b", "path", "max", "unknown", "\u0000", "/x", "routes");

    private Mutations() {}

    /** Returns the document after one to four changes. */
    public static JsonNode of(JsonNode document, Random random) {
        JsonNode changed = document.deepCopy();
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            changed = changed(changed, random);
        }
        return changed;
    }

    private static JsonNode changed(JsonNode document, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(document, containers);
        if (containers.isEmpty() || random.nextInt(50) == 0) {
            return value(random);
        }
        JsonNode container = containers.get(random.nextInt(containers.size()));
        switch (container) {
            case ObjectNode object -> change(object, random);
            case ArrayNode array -> change(array, random);
            default -> throw new IllegalStateException("not a container: " + container);
        }
        return document;
    }

    private static void change(ObjectNode object, Random random) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty() || random.nextInt(4) == 0) {
            object.set(KEYS.get(random.nextInt(KEYS.size())), value(random));
        } else if (random.nextInt(4) == 0) {
            object.remove(names.get(random.nextInt(names.size())));
        } else {
            object.set(names.get(random.nextInt(names.size())), value(random));
        }
    }

    private static void change(ArrayNode array, Random random) {
        if (array.isEmpty() || random.nextInt(3) == 0) {
            array.add(value(random));
        } else if (random.nextInt(3) == 0) {
            array.remove(random.nextInt(array.size()));
        } else {
            array.set(random.nextInt(array.size()), value(random));
        }
    }

    private static JsonNode value(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.numberNode(random.nextInt());
            case 1 -> JSON.numberNode(BigDecimal.valueOf(random.nextLong(), random.nextInt(40) - 20));
            case 2 ->
                JSON.textNode(random.ints(random.nextInt(20), 0, 0x300)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
            default -> VALUES.get(random.nextInt(VALUES.size())).deepCopy();
        };
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    /** Parses JSON in the way of the admin API. */
    public static JsonNode read(String json) {
        try {
            return StrictJson.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
