package dev.pintle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other gateways become files that {@code sync} accepts. */
class ImportCommandTest {
    private static final Path SOURCES = Path.of("src/test/resources/importers").toAbsolutePath();
    private static AdminApiHarness admin;

    @TempDir
    private Path folder;

    private Path output;
    private CommandLine shell;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @BeforeEach
    void login() {
        output = folder.resolve("routes");
        shell = new CommandLine(folder, "")
                .set("PINTLE_URL", admin.url())
                .set("PINTLE_ADMIN_TOKEN", AdminApiHarness.TOKEN);
    }

    @Test
    void openApiPathsBecomeRoutesOfTheirMethods() throws Exception {
        assertThat(routes("openapi", "openapi.yaml").values().stream().map(JsonNode::toString))
                .containsExactly("""
                {"id":"cars","match":{"path":"/v2/cars","exact":true,"methods":["GET","POST"]},"description":"All cars",\
                "upstream":{"targets":[{"url":"https://eu.garage.example"}]}}""", """
                {"id":"cars-car-id","match":{"template":"/v2/cars/{car_id}","methods":["GET"]},"description":"One car",\
                "upstream":{"targets":[{"url":"https://eu.garage.example"}]}}""", """
                {"id":"cars-car-id-photos-get","match":{"template":"/v2/cars/{car_id}/photos","methods":["GET"]},\
                "upstream":{"targets":[{"url":"https://eu.garage.example"}]}}""", """
                {"id":"cars-car-id-photos-put","match":{"template":"/cars/{car_id}/photos","methods":["PUT"]},\
                "upstream":{"targets":[{"url":"https://photos.garage.example"}]}}""", """
                {"id":"trucks","match":{"path":"/v2/trucks","exact":true,"methods":["GET"]},"description":"All trucks",\
                "upstream":{"targets":[{"url":"https://eu.garage.example"}]}}""");
    }

    @Test
    void kongServicesBecomeRoutesWithTargetsTimeoutsAndPolicies() throws Exception {
        Map<String, JsonNode> routes = routes("deck", "kong.yaml");

        assertThat(routes.keySet())
                .containsExactly("closed", "files", "orders-public-orders", "orders-public-v1-orders");
        assertThat(routes.get("orders-public-v1-orders").toString()).isEqualTo("""
                {"id":"orders-public-v1-orders","match":{"path":"/v1/orders","hosts":["shop.example"],"methods":["GET","POST"],\
                "headers":{"x-shop":"blue"}},"upstream":{"targets":[{"url":"http://orders-1:9000/internal","weight":50},\
                {"url":"http://orders-2:8000/internal","weight":100}],"loadBalancing":"consistent-hash",\
                "hashKey":"header:x-session","healthCheck":{"path":"/up","interval":"3s","timeout":"2s","healthyAfter":1,\
                "unhealthyAfter":4},"outlierDetection":{"consecutiveFailures":6}},"retry":{"max":1},\
                "timeout":{"connect":"2000ms","attempt":"20000ms","total":"40000ms","idle":"20000ms"},\
                "rewrite":{"stripPrefix":true,"preserveHost":true},"rateLimits":[{"name":"per-minute","requests":30,\
                "per":"1m","key":"client"},{"name":"per-hour","requests":500,"per":"1h","key":"client"}],\
                "authentication":{"anyOf":["apiKey"],"apiKey":{"from":["header:x-key"]}},\
                "authorization":{"groups":["gold"]},"maxRequestBody":"4MiB"}""");
        assertThat(routes.get("files").toString()).isEqualTo("""
                {"id":"files","match":{"path":"/files"},"upstream":{"targets":[{"url":"https://files.example:8443"}]},\
                "cors":{"origins":["https://app.example"],"methods":["GET"],"credentials":true,"maxAge":"60s"},\
                "ipFilter":{"deny":["192.0.2.0/24"]}}""");
        assertThat(routes.get("closed").path("respond").toString())
                .isEqualTo("{\"status\":410,\"body\":\"Gone\",\"headers\":{\"Content-Type\":\"text/plain\"}}");
        assertThat(shell.out()).contains("create consumer acme-corp");
    }

    @Test
    void noPluginOfKongThatGuardsARouteIsMissed() throws Exception {
        assertThat(shell.run("import", "deck", SOURCES.resolve("kong-scopes.yaml"), "-o", output, "--lossy"))
                .isTrue();
        Map<String, JsonNode> routes = synced();

        assertThat(routes.keySet())
                .containsExactly("apart", "blocked", "both", "by-id", "guests", "logged", "near", "still-guarded");
        assertThat(routes)
                .allSatisfy((id, route) ->
                        assertThat(route.has("authentication")).as(id).isTrue());
        assertThat(routes.get("near").at("/ipFilter/allow").toString()).isEqualTo("[\"10.0.0.0/8\"]");
        assertThat(routes.values().stream()
                        .filter(ImportCommandTest::isClosed)
                        .map(route -> route.path("id").asText()))
                .containsExactly("blocked", "both", "guests");
        assertThat(shell.out()).contains("create route apart");
    }

    @Test
    void springRoutesBecomeRoutesWithTheirPredicatesAndFilters() throws Exception {
        Map<String, JsonNode> routes = routes("spring-cloud-gateway", "spring.yml");

        assertThat(routes.keySet()).containsExactly("cars-api-cars", "cars-api-trucks", "moved", "old", "wheel");
        assertThat(routes.get("cars-api-cars").toString()).isEqualTo("""
                {"id":"cars-api-cars","match":{"path":"/api/cars","methods":["GET","POST"],"hosts":["*.garage.example"]},\
                "upstream":{"targets":[{"url":"https://cars.example:8443"}]},\
                "headers":{"request":{"remove":["X-Internal"],"add":{"X-Via":"edge"}}},\
                "rewrite":{"stripPrefix":true,"prefix":"/cars"}}""");
        assertThat(routes.get("wheel").toString()).isEqualTo("""
                {"id":"wheel","match":{"template":"/wheels/{size}/{rest...}","query":{"lang":"*"},"headers":{"X-Beta":"on"}},\
                "upstream":{"targets":[{"url":"http://wheels.example"}]},\
                "headers":{"request":{"remove":["X-Internal"],"set":{"X-Size":"{path.size}"}}},\
                "rewrite":{"prefix":"/v3"},"timeout":{"connect":"500ms","attempt":"40000ms","total":"40000ms"}}""");
        assertThat(routes.get("old").toString()).isEqualTo("""
                {"id":"old","match":{"path":"/old"},"upstream":{"targets":[{"url":"http://old.example"}]},\
                "headers":{"request":{"remove":["X-Internal"]}},"rewrite":{"stripPrefix":true,"prefix":"/new"},\
                "retry":{"max":2,"on":["connect","reset","timeout","500","502","503","504"],"methods":["GET","PUT"]},\
                "rateLimits":[{"requests":5,"per":"1s","burst":9,"key":"client"}],"maxRequestBody":"5MiB",\
                "circuitBreaker":{"consecutiveFailures":5}}""");
        assertThat(routes.get("moved").path("redirect").toString())
                .isEqualTo("{\"to\":\"https://new.example/\",\"status\":301,\"keepQuery\":false}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            openapi              | openapi-lossy.yaml | beside, fine              | sandbox.example; /report.{format}; no absolute URL; path /far: $ref far.yaml; the path was left out; only the operations beside it
            deck                 | kong-lossy.yaml    | guarded -closed-, open    | regular expression; openid-connect; snis; http-log; "vaults"; "tls_verify"; service "raw"; keyauth_credentials; "key_in_body"; limit_by path; error_code 403; "preflight_continue"
            spring-cloud-gateway | spring-lossy.yml   | again, custom -closed-, registry | registry; After; CheckBadge; StripPrefix[2]; *.html; order; Path[/e/f/**]; Method[POST]; the status NOT_FOUND; the series INFORMATIONAL; Retry: backoff
            """)
    void aLossIsReportedAndNothingIsWrittenUnlessItIsAccepted(
            String format, String file, String expected, String reported) throws Exception {
        assertThat(shell.run("import", format, SOURCES.resolve(file), "-o", output))
                .isFalse();
        assertThat(shell.status()).isEqualTo(3);
        assertThat(shell.out()).contains(reported.split("; ")).contains("No file was written.", "--lossy");
        assertThat(output).doesNotExist();

        assertThat(shell.run("import", format, SOURCES.resolve(file), "-o", output, "--lossy"))
                .isTrue();
        assertThat(shell.out()).contains(reported.split("; "));
        assertThat(synced().values().stream()
                        .map(route -> route.path("id").asText() + (isClosed(route) ? " -closed-" : "")))
                .containsExactly(expected.split(", "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            openapi              | swagger: "2.0"  | must be an OpenAPI 3 document
            deck                 | kind: Service   | must be a decK file
            spring-cloud-gateway | spring: {}      | must have a list of routes
            deck                 | {a: [           | is not YAML
            """)
    void aFileOfAnotherFormatIsRefused(String format, String text, String message) {
        Path file = shell.file("other.yaml", text);

        assertThat(shell.run("import", format, file, "-o", output)).isFalse();
        assertThat(shell.status()).isOne();
        assertThat(shell.err()).startsWith(file + " " + message).hasLineCount(1);
    }

    @Test
    void aDocumentWithManyAliasesIsConvertedAndOneThatExpandsWithoutBoundIsRefused() throws Exception {
        StringBuilder many = new StringBuilder("openapi: 3.0.0\nservers: [{url: \"http://a.example\"}]\npaths:\n");
        many.append("  /p0: {get: &read {responses: {\"200\": {description: x}}}}\n");
        for (int i = 1; i < 200; i++) {
            many.append("  /p").append(i).append(": {get: *read}\n");
        }
        shell.file("many.yaml", many.toString());
        assertThat(shell.run("import", "openapi", folder.resolve("many.yaml"), "-o", output))
                .as(shell.err())
                .isTrue();
        assertThat(synced()).hasSize(200);

        StringBuilder bomb = new StringBuilder("openapi: 3.0.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a%1$d: &a%1$d [%2$s]\n"
                    .formatted(i, String.join(", ", Collections.nCopies(10, "*a" + (i - 1)))));
        }
        shell.file("bomb.yaml", bomb.toString());
        assertThat(shell.run("import", "openapi", folder.resolve("bomb.yaml"), "-o", output))
                .isFalse();
        assertThat(shell.err()).contains("more than 10000000 values").hasLineCount(1);

        shell.file("loop.yaml", "openapi: &loop {again: *loop}\n");
        assertThat(shell.run("import", "openapi", folder.resolve("loop.yaml"), "-o", output))
                .isFalse();
        assertThat(shell.err()).contains("alias that occurs within its own value");
    }

    @Test
    void idsAreTheSameInEveryImport() throws Exception {
        Map<String, JsonNode> first = routes("deck", "kong.yaml");
        assertThat(routes("deck", "kong.yaml")).isEqualTo(first);
    }

    private Map<String, JsonNode> routes(String format, String file) throws Exception {
        assertThat(shell.run("import", format, SOURCES.resolve(file), "-o", output))
                .as(shell.out() + shell.err())
                .isTrue();
        return synced();
    }

    /** Whether a route takes its requests and answers all of them with 403. */
    private static boolean isClosed(JsonNode route) {
        return route.path("enabled").asBoolean(true)
                && route.at("/ipFilter/deny").toString().equals("[\"0.0.0.0/0\",\"::/0\"]");
    }

    /** The routes that sync would create, by id. */
    private Map<String, JsonNode> synced() throws Exception {
        Map<String, JsonNode> routes = new TreeMap<>();
        for (JsonNode document : YamlFile.read(output.resolve("routes.yaml"))) {
            document.path("routes").forEach(route -> routes.put(route.path("id").asText(), route));
        }
        shell.run("sync", "-f", output, "--dry-run");
        assertThat(shell.err()).isEmpty();
        assertThat(shell.status()).isEqualTo(2);
        routes.keySet().forEach(id -> assertThat(shell.out()).contains("create route " + id));
        return routes;
    }
}
