package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Mutations;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.TestDirectories;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * No request causes an internal error, whatever its path, parameters, headers and body. The OpenAPI document names the
 * operations, so a new one is tested as soon as it exists.
 */
class AdminDoorsFuzzTest {
    /** Values that some parser behind an operation rejects. PostgreSQL cannot store some of them. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "*",
            "\"",
            "\"x\"",
            "W/\"1\"",
            "\"99999999999999999999\"",
            "%",
            "\0",
            "\u00ff",
            "..",
            "a;b",
            "a,b,,",
            "/8",
            "0",
            "-1",
            "+1",
            "1.5",
            "007",
            "9223372036854775807",
            "99999999999999999999",
            "live",
            "true",
            "yes",
            "applied",
            "1ms",
            "99999999999d",
            "-1s",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "2m; errors=2%",
            "999.1.1.1",
            "::1%lo",
            "x".repeat(600));

    private static final List<String> HEADERS = List.of(
            "If-Match",
            "If-None-Match",
            "Accept",
            "Accept-Language",
            "Content-Type",
            "Content-Encoding",
            "Pintle-Reason",
            "Pintle-Confirm",
            "X-Trace-ID",
            "traceparent",
            "Range",
            "Cookie");

    private static final JsonNode ROUTE = Mutations.ROUTE;
    private static final JsonNode CONSUMER = Mutations.read("""
            {"description": "Acme", "enabled": true, "groups": ["gold"], "labels": {"a": "b"}}""");
    private static final JsonNode PROVIDER = Mutations.read("""
            {"issuer": "https://id.example.com", "jwksUri": "https://id.example.com/keys", "audiences": ["api"],
             "algorithms": ["RS256"], "clockSkew": "30s", "requiredType": "at+jwt", "consumerClaim": "sub",
             "refresh": "5m", "staleFor": "1d", "jwks": {"keys": [{"kty": "RSA", "n": "AQ", "e": "AQAB", "kid": "1"}]}}""");

    private static final Map<String, JsonNode> BODIES = Map.ofEntries(
            Map.entry("addRoute", ROUTE),
            Map.entry("putRoute", ROUTE),
            Map.entry("patchRoute", ROUTE),
            Map.entry("validateRoute", ROUTE),
            Map.entry("putDefaults", Mutations.DEFAULTS),
            Map.entry("change", Mutations.read("""
                    {"edits": [{"patch": {"id": "users", "merge": {"description": "x"}}}, {"delete": "there"},
                               {"put": {"id": "acme", "groups": []}, "kind": "consumer"},
                               {"defaults": {"timeout": {"total": "20s"}}}], "ifRevision": 1}""")),
            Map.entry("forceCircuits", Mutations.read("""
                    {"state": "open", "duration": "10m", "reason": "maintenance"}""")),
            Map.entry("beginMaintenance", Mutations.read("""
                    {"duration": "30m", "reason": "upgrade", "allow": ["10.0.0.0/8", "::1"]}""")),
            Map.entry("addKey", Mutations.read("""
                    {"name": "prod", "expires": "2027-01-31T12:00:00Z", "plain": "a key of another gateway"}""")),
            Map.entry("addCertificate", Mutations.read("""
                    {"name": "prod", "expires": "2027-01-31T12:00:00Z", "uri": "spiffe://example.org/billing"}""")),
            Map.entry("setPassword", Mutations.read("""
                    {"password": "a long password"}""")),
            Map.entry("explain", Mutations.read("""
                    {"method": "GET", "url": "http://api.example.com/users/1?v=2", "headers": {"X-Beta": ["1", "2"], "Host": "h"},
                     "clientAddress": "203.0.113.7"}""")));

    private static AdminApiHarness admin;
    private static List<Door> doors;

    /** An operation of the API. */
    private record Door(String operation, String method, String path, List<String> query, boolean takesBody) {
        @Override
        public String toString() {
            return method + ' ' + path;
        }
    }

    @BeforeContainer
    static void open() throws Exception {
        admin = new AdminApiHarness(TestDirectories.create("doors-"));
        JsonNode api = admin.get("/api/v1/openapi.json").json();
        doors = new ArrayList<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    JsonNode described = operation.getValue();
                    List<String> query = new ArrayList<>();
                    described.path("parameters").forEach(parameter -> {
                        String ref = parameter.path("$ref").asText();
                        JsonNode resolved = ref.isEmpty() ? parameter : api.at(ref.substring(1));
                        if (resolved.path("in").asText().equals("query")) {
                            query.add(resolved.path("name").asText());
                        }
                    });
                    doors.add(new Door(
                            described.path("operationId").asText(),
                            operation.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            query,
                            described.has("requestBody")));
                }));
    }

    @AfterContainer
    static void close() {
        admin.close();
    }

    @Property(tries = 6)
    void noRequestIsAnInternalError(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        assertThat(doors).hasSizeGreaterThan(40);
        restore();
        for (Door door : doors) {
            String response = send(door, random);
            if (door.method().equals("DELETE") || response.startsWith("HTTP/1.1 202")) {
                restore();
            }
        }
    }

    /** The documents that requests refer to exist, and no revision waits for a confirmation. */
    private static void restore() {
        long latest = admin.sync.current().revision();
        request("POST", "/api/v1/revisions/" + latest + "/confirm", "");
        request("PUT", "/api/v1/routes/users", ROUTE.toString());
        request("PUT", "/api/v1/consumers/acme", "{}");
    }

    private static void request(String method, String path, String body) {
        try (RawClient client = admin.connect()) {
            client.send(head(method, path) + "Content-Type: application/json\r\nContent-Length: " + body.length()
                            + "\r\n\r\n" + body)
                    .rest();
        }
    }

    private static String head(String method, String path) {
        return method + ' ' + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nAuthorization: Bearer "
                + AdminApiHarness.TOKEN + "\r\n";
    }

    /** Sends the request on a connection of its own, because a refusal may close it before it reads the body. */
    private static String send(Door door, Random random) {
        String kind = random.nextBoolean() ? "consumers" : "identity-providers";
        StringBuilder request = new StringBuilder(head(door.method(), path(door, kind, random)));
        boolean typed = random.nextInt(3) == 0;
        if (typed) {
            request.append(any(HEADERS, random))
                    .append(": ")
                    .append(any(TEXTS, random))
                    .append("\r\n");
        }
        if (door.takesBody()) {
            String body =
                    new String(body(door, kind, random).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            request.append(typed ? "" : "Content-Type: application/json\r\n")
                    .append("Content-Length: ")
                    .append(body.length())
                    .append("\r\n\r\n")
                    .append(body);
        } else {
            request.append("\r\n");
        }
        try (RawClient client = admin.connect()) {
            String head = client.sendIfOpen(request.toString()).head();
            String response = head.contains("text/event-stream") ? head : head + client.rest();
            assertNoFault(door, request.toString(), response);
            return response;
        }
    }

    private static void assertNoFault(Door door, String request, String response) {
        if (!door.path().equals("/__ready")) {
            assertThat(response).as(request).matches("(?s)HTTP/1.1 [234].*");
        }
        assertThat(response)
                .as(request)
                .doesNotContain("com.fasterxml", "java.", "Exception", "org.glassfish", "HV000");
    }

    private static String path(Door door, String kind, Random random) {
        StringBuilder path = new StringBuilder();
        for (String segment : door.path().substring(1).split("/", -1)) {
            path.append('/')
                    .append(
                            switch (segment) {
                                case "{kind}" -> kind;
                                case "{number}" -> random.nextInt(3) == 0 ? encoded(random) : "1";
                                case "{consumer}" -> random.nextInt(4) == 0 ? encoded(random) : "acme";
                                case "{route}", "{id}" -> random.nextInt(3) == 0 ? encoded(random) : "users";
                                default -> segment;
                            });
        }
        char separator = '?';
        for (String name : door.query()) {
            if (random.nextInt(3) == 0) {
                path.append(separator).append(name).append('=').append(encoded(random));
                separator = '&';
            }
        }
        return path.toString();
    }

    private static String body(Door door, String kind, Random random) {
        JsonNode sample = door.operation().endsWith("Entity")
                ? kind.equals("consumers") ? CONSUMER : PROVIDER
                : BODIES.get(door.operation());
        assertThat(sample).as("a sample body of %s", door.operation()).isNotNull();
        return AdminInputFuzzTest.mutated(sample, random);
    }

    private static String encoded(Random random) {
        return URLEncoder.encode(any(TEXTS, random), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String any(List<String> texts, Random random) {
        return texts.get(random.nextInt(texts.size()));
    }
}
