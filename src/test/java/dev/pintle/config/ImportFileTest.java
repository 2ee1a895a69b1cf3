package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.routing.RouteSchema;
import dev.pintle.testing.TestRoutes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents that an import file may contain. */
class ImportFileTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USERS = route("users", "/users");
    private static final String ORDERS = route("orders", "/orders");

    @Nested
    class AsTheExportWritesIt {
        @Test
        void routesAndDefaultsAreReadUnchanged() throws Exception {
            ImportFile file = read("{\"revision\": 7, \"routes\": [" + USERS + ", " + ORDERS
                    + "], \"defaults\": {\"maxRequestBody\": \"1MiB\"}}");

            assertThat(file.routes()).extracting(RouteDocument::id).containsExactly("users", "orders");
            assertThat(file.routes().getFirst().json()).isEqualTo(JSON.readTree(USERS));
            assertThat(file.defaults())
                    .isEqualTo(new DocumentCache(RouteSchema.SCHEMA)
                            .defaults(JSON.readTree("{\"maxRequestBody\": \"1MiB\"}")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"routes\": []}", "{\"routes\": [], \"defaults\": null}"})
        void aFileMayHaveNoDefaults(String text) throws Exception {
            assertThat(read(text).routes()).isEmpty();
            assertThat(read(text).defaults()).isNull();
        }

        @Test
        void allViolationsOfAllDocumentsAreReported() {
            assertThat(pointers("{\"routes\": [" + USERS
                            + ", 5, {\"id\": \"x\", \"upstream\": {\"targets\": [{\"url\": \"b\"}]}}],"
                            + " \"defaults\": {\"id\": \"x\"}, \"version\": 1}"))
                    .containsExactlyInAnyOrder(
                            "/routes/1",
                            "/routes/2/match",
                            "/routes/2/upstream/targets/0/url",
                            "/defaults/id",
                            "/version");
        }

        @Test
        void aDuplicateIdIsRejected() {
            List<Violation> faults =
                    faults("{\"routes\": [" + USERS + ", " + ORDERS + ", " + route("users", "/elsewhere") + "]}");

            assertThat(faults).singleElement().satisfies(fault -> {
                assertThat(fault.pointer()).isEqualTo("/routes/2/id");
                assertThat(fault.message()).contains("/routes/0", "users");
            });
        }

        @Test
        void aDuplicateMatchIsRejected() {
            List<Violation> faults = faults("{\"routes\": [" + USERS + ", " + route("people", "/users") + "]}");

            assertThat(faults).singleElement().satisfies(fault -> {
                assertThat(fault.pointer()).isEqualTo("/routes/1/match");
                assertThat(fault.message()).contains("/routes/0");
            });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"{}", "[]", "5", "{\"routes\": {}}", "{\"route\": []}", "{\"/users\": {}, \"users\": {}}"})
        void theErrorForAnUnknownFormatNamesBothFormats(String text) {
            assertThat(faults(text)).singleElement().satisfies(fault -> {
                assertThat(fault.pointer()).isEqualTo("/routes");
                assertThat(fault.message()).contains("export", "backend");
            });
        }

        @Test
        void textThatIsNotJsonIsRejectedWithItsPosition() {
            assertThat(catchThrowableOfType(MalformedJsonException.class, () -> read("{\"routes\": [}")))
                    .hasMessageContaining("line 1, column 13");
        }
    }

    @Nested
    class AsAFlatTable {
        @Test
        void anEntryBecomesARoute() throws Exception {
            ImportFile file = read("""
                    {"/users": {"backend": "http://localhost:5001", "timeout": 3, "retries": 2, "rate_limit": 100,
                                "circuit_threshold": 5, "circuit_cooldown": 30}}""");

            assertThat(file.routes())
                    .singleElement()
                    .satisfies(route -> assertThat(route.json()).isEqualTo(JSON.readTree("""
                            {"id": "users", "match": {"path": "/users"}, "upstream": {"targets": [{"url": "http://localhost:5001"}]},
                             "timeout": {"attempt": "3s", "total": "10s"}, "retry": {"max": 2},
                             "rateLimits": [{"requests": 100, "per": "1m", "burst": 100, "key": "client"}],
                             "circuitBreaker": {"consecutiveFailures": 5, "cooldown": "30s"}}""")));
            assertThat(file.defaults()).isNull();
        }

        @Test
        void anEntryNeedsOnlyABackend() throws Exception {
            ImportFile file = read("{\"/a/b\": {\"backend\": \"http://h/base\"}, \"/\": {\"backend\": \"http://h\"}}");

            assertThat(file.routes()).extracting(RouteDocument::id).containsExactly("a-b", "root");
            assertThat(file.routes().getFirst().json()).isEqualTo(JSON.readTree("""
                            {"id": "a-b", "match": {"path": "/a/b"}, "upstream": {"targets": [{"url": "http://h/base"}]}}"""));
        }

        @ParameterizedTest
        @CsvSource({"0.5, 0, 500ms, 1500ms", "1.5, 1, 1500ms, 4s", "0.0001, 0, 1ms, 1001ms", "60, 3, 1m, 241s"})
        void secondsMayBeFractions(String timeout, int retries, String attempt, String total) throws Exception {
            JsonNode route =
                    only("{\"backend\": \"http://h\", \"timeout\": " + timeout + ", \"retries\": " + retries + "}");

            assertThat(route.at("/timeout/attempt").asText()).isEqualTo(attempt);
            assertThat(route.at("/timeout/total").asText()).isEqualTo(total);
        }

        @Test
        void secondsBeyondTheRangeOfNumbersAreRejected() {
            assertThat(catchThrowableOfType(
                            InvalidSpecException.class, () -> only("{\"backend\": \"http://h\", \"timeout\": 1e400}")))
                    .isNotNull();
        }

        @Test
        void theTotalTimeoutIncludesTheBuiltInRetries() throws Exception {
            JsonNode route = only("{\"backend\": \"http://h\", \"timeout\": 2}");

            assertThat(route.at("/timeout/total").asText()).isEqualTo("7s");
            assertThat(route.has("retry")).isFalse();
        }

        @Test
        void pathsWithTheSameDerivedIdGetDifferentIds() throws Exception {
            assertThat(read("{\"/a/b\": {\"backend\": \"http://h\"}, \"/a-b\": {\"backend\": \"http://h\"}}")
                            .routes())
                    .extracting(RouteDocument::id)
                    .containsExactly("a-b", "a-b-2");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                        {"backnd": "http://h", "backend": "http://h"}    | /~1users/backnd
                        {}                                               | /~1users/backend
                        {"backend": 5}                                   | /~1users/backend
                        {"backend": "ftp://h"}                           | /~1users/backend
                        {"backend": "http://h", "timeout": "3"}          | /~1users/timeout
                        {"backend": "http://h", "timeout": 0}            | /~1users/timeout
                        {"backend": "http://h", "timeout": -1}           | /~1users/timeout
                        {"backend": "http://h", "timeout": 1e300}        | /~1users/timeout
                        {"backend": "http://h", "retries": 11}           | /~1users/retries
                        {"backend": "http://h", "retries": "2"}          | /~1users/retries
                        {"backend": "http://h", "rate_limit": 0}         | /~1users/rate_limit
                        {"backend": "http://h", "rate_limit": 1.5}       | /~1users/rate_limit
                        {"backend": "http://h", "circuit_threshold": 0}  | /~1users/circuit_threshold
                        {"backend": "http://h", "circuit_cooldown": 1e6} | /~1users/circuit_cooldown
                        "http://h"                                       | /~1users
                        """)
        void aViolationPointsIntoTheEntry(String row, String pointer) {
            assertThat(pointers("{\"/users\": " + row + "}")).containsExactly(pointer);
        }

        @Test
        void anInvalidPathIsReported() {
            assertThat(pointers("{\"/users/*\": {\"backend\": \"http://h\"}}")).containsExactly("/~1users~1*");
        }

        @Test
        void allViolationsOfAllEntriesAreReported() {
            assertThat(pointers("{\"/a\": {\"timeout\": 0, \"retries\": -1}, \"/b\": {\"backend\": \"x\", \"y\": 1}}"))
                    .containsExactlyInAnyOrder(
                            "/~1a/backend", "/~1a/timeout", "/~1a/retries", "/~1b/backend", "/~1b/y");
        }

        private JsonNode only(String row) throws Exception {
            return read("{\"/users\": " + row + "}").routes().getFirst().json();
        }
    }

    private static String route(String id, String path) {
        return """
                {"id": "%s", "match": {"path": "%s"}, "upstream": {"targets": [{"url": "http://localhost:5001"}]}}""".formatted(id, path);
    }

    private static ImportFile read(String text) throws MalformedJsonException, InvalidSpecException, IOException {
        return ImportFile.of(
                StrictJson.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
                TestRoutes.VALIDATOR.under(Specs.NONE));
    }

    private static List<Violation> faults(String text) {
        return catchThrowableOfType(InvalidSpecException.class, () -> read(text))
                .violations();
    }

    private static List<String> pointers(String text) {
        return faults(text).stream().map(Violation::pointer).toList();
    }
}
