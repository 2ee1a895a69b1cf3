package dev.pintle.policy.redirect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Violation;
import dev.pintle.routing.RouteSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeSpecTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UPSTREAM = "\"upstream\": {\"targets\": [{\"url\": \"http://localhost:5001\"}]}";
    private static final String REDIRECT = "\"redirect\": {\"to\": \"/x\"}";
    private static final String RESPOND = "\"respond\": {}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://{host}{path}",
                "http://b.example",
                "https://b.example:8443/x?y#z",
                "https://[2001:db8::1]/",
                "https://{host}?q={query.q}",
                "/",
                "/x/{query.q}",
                "{path}"
            })
    void targetsWhoseHostNoClientChoosesAreValid(String to) {
        assertThatCode(() -> read("\"redirect\": {\"to\": \"" + to + "\"}")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//evil.example",
                "/\\\\evil.example",
                "evil.example",
                "javascript:alert(1)",
                "{query.next}",
                "{header.X-Next}",
                "{host}/x",
                "https://{query.host}/",
                "https://b.example{query.next}",
                "https://b.example@{host}/",
                "https://b.example{host}@c.example",
                "https://b.example\\\\{path}",
                "https://",
                "https:///x",
                "https://b.example:65536/",
                "https://b.example:0/",
                "https://b..example/",
                "https://b.example/a b",
                "https://b.example/\\u010d",
                "https://b.example/{{x}",
                "https://b.example/{path",
                "https://b.example/{nothing}",
                "https://b.example/\\r\\nX: 1"
            })
    void otherTargetsAreRefused(String to) {
        assertThat(violations("\"redirect\": {\"to\": \"" + to + "\"}"))
                .extracting(Violation::pointer)
                .containsOnly("/redirect/to");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "redirect": {}                                          | /redirect/to
                    "redirect": {"to": "/x", "status": 200}                 | /redirect/status
                    "redirect": {"to": "/x", "status": 304}                 | /redirect/status
                    "respond": {"status": 199}                              | /respond/status
                    "respond": {"status": 600}                              | /respond/status
                    "respond": {"status": 204, "body": "x"}                 | /respond/body
                    "respond": {"headers": {"Content-Length": "5"}}         | /respond/headers/Content-Length
                    "respond": {"headers": {"X": "{x}"}}                    | /respond/headers/X
                    "respond": {"headers": {}}                              | /respond/headers
                    """)
    void otherFaultsAreRefusedWithTheirPlace(String outcome, String pointer) {
        assertThat(violations(outcome)).extracting(Violation::pointer).containsExactly(pointer);
    }

    @Test
    void aBodyHasAtMost64KibOfUtf8() {
        assertThatCode(() -> read("\"respond\": {\"body\": \"" + "č".repeat(32 << 10) + "\"}"))
                .doesNotThrowAnyException();
        assertThat(violations("\"respond\": {\"body\": \"" + "č".repeat(32 << 10) + "x\"}"))
                .extracting(Violation::pointer)
                .containsExactly("/respond/body");
    }

    @Test
    void aRouteHasExactlyOneOfUpstreamRedirectAndRespond() {
        assertThat(violations("\"enabled\": true")).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo("/upstream");
            assertThat(violation.message()).contains("is missing", "upstream, redirect, respond");
        });
        assertThat(violations(UPSTREAM + ", " + REDIRECT + ", " + RESPOND))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/redirect", "/respond");
        assertThat(violations(REDIRECT + ", " + RESPOND))
                .extracting(Violation::pointer)
                .containsExactly("/respond");
        assertThatCode(() -> read("\"upstream\": null, " + RESPOND)).doesNotThrowAnyException();
    }

    @Test
    void theDefaultsHaveNoOutcome() {
        assertThat(catchThrowableOfType(
                                InvalidSpecException.class,
                                () -> new DocumentCache(RouteSchema.SCHEMA)
                                        .defaults(JSON.readTree("{" + REDIRECT + "}")))
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("/redirect");
    }

    private static void read(String outcome) throws Exception {
        new DocumentCache(RouteSchema.SCHEMA)
                .route(JSON.readTree("{\"id\": \"a\", \"match\": {\"path\": \"/a\"}, " + outcome + "}"));
    }

    private static List<Violation> violations(String outcome) {
        return catchThrowableOfType(InvalidSpecException.class, () -> read(outcome))
                .violations();
    }
}
