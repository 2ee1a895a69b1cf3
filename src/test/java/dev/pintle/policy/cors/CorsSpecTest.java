package dev.pintle.policy.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Specs;
import dev.pintle.config.Violation;
import dev.pintle.config.Violations;
import dev.pintle.routing.RouteSchema;
import dev.pintle.routing.table.EffectiveRouteValidator;
import dev.pintle.upstream.dns.EgressPolicy;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsSpecTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://app.example.com",
                "http://localhost:3000",
                "https://*.example.org:8443",
                "http://[::1]:8080",
                "capacitor://localhost"
            })
    void originsAsBrowsersSendThemAreValid(String origin) throws Exception {
        assertThat(defaults("{\"origins\": [\"" + origin + "\"]}")
                        .get(CorsType.TYPE)
                        .origins())
                .containsExactly(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "app.example.com",
                "https://app.example.com/",
                "https://app.example.com/path",
                "https://App.example.com",
                "https://app.example.com:443",
                "http://app.example.com:80",
                "https://*",
                "https://a.*.example.org",
                "https://*example.org",
                "*.example.org",
                "https://user@example.org",
                "https://example.org?",
                "https://example.org:0",
                "https://example.org:65536",
                "https://example..org",
                "https:// example.org"
            })
    void anyOtherOriginIsRefused(String origin) {
        assertThat(violations("{\"origins\": [\"" + APP + "\", \"" + origin + "\"]}"))
                .extracting(Violation::pointer)
                .containsExactly("/cors/origins/1");
    }

    private static final String APP = "https://app.example.com";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                                          | /cors/origins
                    {"origins": []}                                             | /cors/origins
                    {"origins": ["*", "https://a.example"]}                     | /cors/origins
                    {"origins": ["https://a.example", "https://a.example"]}     | /cors/origins
                    {"origins": ["*"], "credentials": true}                     | /cors/credentials
                    {"origins": ["*"], "methods": ["get"]}                      | /cors/methods/0
                    {"origins": ["*"], "methods": ["*"]}                        | /cors/methods
                    {"origins": ["*"], "headers": ["*"]}                        | /cors/headers/0
                    {"origins": ["*"], "headers": ["a b"]}                      | /cors/headers/0
                    {"origins": ["*"], "expose": ["*"]}                         | /cors/expose/0
                    {"origins": ["*"], "maxAge": "2d"}                          | /cors/maxAge
                    """)
    void otherFaultsAreRefusedWithTheirPlace(String cors, String pointer) {
        assertThat(violations(cors)).extracting(Violation::pointer).containsExactly(pointer);
    }

    @Test
    void credentialsOfTheDefaultsCannotMeetAnyOriginOfARoute() throws Exception {
        Violations violations = new Violations();

        new EffectiveRouteValidator(new DocumentCache(RouteSchema.SCHEMA), new EgressPolicy(List.of()), new TreeSet<>())
                .checkRoute(
                        defaults("{\"origins\": [\"*\"]}"),
                        defaults("{\"origins\": [\"" + APP + "\"], \"credentials\": true}"),
                        violations);

        assertThat(violations.found()).extracting(Violation::pointer).containsExactly("/cors/credentials");
    }

    private static Specs defaults(String cors) throws Exception {
        return new DocumentCache(RouteSchema.SCHEMA)
                .defaults(JSON.readTree("{\"cors\": " + cors + "}"))
                .settings();
    }

    private static List<Violation> violations(String cors) {
        return catchThrowableOfType(InvalidSpecException.class, () -> defaults(cors))
                .violations();
    }
}
