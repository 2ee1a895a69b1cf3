package dev.pintle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A finding names the place of the problem. */
class FindingTextTest {
    @ParameterizedTest
    @CsvSource({
        "null, '', info shadowed: defaults",
        "null, /timeout, info shadowed: /timeout",
        "'\"users\"', /match, info shadowed: route users /match",
    })
    void theSubjectIsARouteAPlaceOrTheDefaults(String route, String pointer, String line) throws Exception {
        JsonNode findings = findings("info", route, pointer);

        assertThat(FindingText.of(findings)).isEqualTo(line + "\n  why\n  do this\n");
        assertThat(FindingText.hasWarning(findings)).isFalse();
        assertThat(FindingText.hasWarning(findings("warning", route, pointer))).isTrue();
    }

    private static JsonNode findings(String severity, String route, String pointer) throws Exception {
        return new ObjectMapper().readTree("""
                [{"severity": "%s", "code": "shadowed", "route": %s, "pointer": "%s", "message": "why",
                  "remedy": "do this"}]""".formatted(severity, route, pointer));
    }
}
