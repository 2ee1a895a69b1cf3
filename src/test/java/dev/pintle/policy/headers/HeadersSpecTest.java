package dev.pintle.policy.headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Violation;
import dev.pintle.routing.RouteSchema;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersSpecTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "content-length",
                "Transfer_Encoding",
                "TE",
                "Trailer",
                "Upgrade",
                "Expect",
                "Via",
                "X-Trace-ID",
                "traceparent",
                "X-Forwarded-For",
                "x_forwarded_host",
                "Forwarded",
                "RateLimit",
                "RateLimit-Policy",
                "Proxy-Status",
                "Host"
            })
    void headersOfTheGatewayCannotBeEdited(String name) throws Exception {
        for (String edits :
                List.of("{\"set\": {\"%s\": \"x\"}}", "{\"add\": {\"%s\": \"x\"}}", "{\"remove\": [\"%s\"]}")) {
            assertThat(violations("{\"request\": " + edits.formatted(name) + "}"))
                    .singleElement()
                    .satisfies(violation -> assertThat(violation.pointer())
                            .startsWith("/headers/request/")
                            .matches(".*(" + name + "|0)"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"request": {"set": {"X A": "x"}}}              | /headers/request/set/X A      | not a header name
                    {"request": {"set": {"": "x"}}}                 | /headers/request/set/         | not a header name
                    {"request": {"set": {"X": "{consumer}"}}}       | /headers/request/set/X        | no variable named {consumer}
                    {"request": {"set": {"X": "{header.a b}"}}}     | /headers/request/set/X        | no variable named
                    {"request": {"set": {"X": "{query.}"}}}         | /headers/request/set/X        | no variable named
                    {"request": {"set": {"X": "{path"}}}            | /headers/request/set/X        | without a }
                    {"request": {"set": {"X": "a\\r\\nY: b"}}}      | /headers/request/set/X        | control characters
                    {"response": {"add": {"X": "\\u0000"}}}         | /headers/response/add/X       | control characters
                    {"response": {"set": {"X-A": "1", "x_a": "2"}}} | /headers/response/set         | twice
                    {"response": {"set": {"X": 5}}}                 | /headers/response/set/X       | must be a string
                    {"response": {"set": {}}}                       | /headers/response/set         | 1 to 64
                    {"response": {"remove": [null]}}                | /headers/response/remove/0    | null
                    {"responses": {}}                               | /headers/responses            | not a known key
                    """)
    void otherEditsAreRefusedWithThePlaceAndTheRemedy(String headers, String pointer, String message) throws Exception {
        assertThat(violations(headers)).anySatisfy(violation -> {
            assertThat(violation.pointer()).isEqualTo(pointer);
            assertThat(violation.message()).contains(message);
        });
    }

    private static List<Violation> violations(String headers) {
        return catchThrowableOfType(
                        InvalidSpecException.class,
                        () -> new DocumentCache(RouteSchema.SCHEMA)
                                .defaults(JSON.readTree("{\"headers\": " + headers + "}")))
                .violations();
    }
}
