package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Violation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The body of a request that closes a route is valid, or each violation has its pointer. */
class MaintenanceBodyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                    | ``
            {}                                                    | /duration
            {"duration": 30}                                      | /duration
            {"duration": "0s"}                                    | /duration
            {"duration": "31d"}                                   | /duration
            {"duration": "soon"}                                  | /duration
            {"duration": "30d", "reason": 5}                      | /reason
            {"duration": "30d", "reason": "a\\u0000"}             | /reason
            {"duration": "30d", "allow": "10.0.0.1"}              | /allow
            {"duration": "30d", "allow": ["10.0.0.1", 7, "here"]} | /allow/1 /allow/2
            {"duration": "30d", "until": "noon"}                  | /until
            """)
    void aViolationIsNamedByItsPointer(String body, String pointers) {
        assertThat(pointersOf(body)).isEqualTo(pointers);
    }

    @Test
    void aLongReasonAndALongListAreViolations() {
        assertThat(pointersOf("{\"duration\": \"30m\", \"reason\": \"%s\", \"allow\": [%s]}"
                        .formatted("x".repeat(501), "\"10.0.0.1\",".repeat(1_000) + "\"10.0.0.1\"")))
                .isEqualTo("/reason /allow");
    }

    @Test
    void nullMeansTheDefault() throws Exception {
        assertThat(MaintenanceBody.read(JSON.readTree("{\"duration\": \"30m\", \"reason\": null, \"allow\": null}")))
                .extracting(
                        MaintenanceBody::duration,
                        MaintenanceBody::reason,
                        body -> body.allow().size())
                .containsExactly(Duration.ofMinutes(30), "", 0);
    }

    private static String pointersOf(String body) {
        InvalidSpecException refused =
                catchThrowableOfType(InvalidSpecException.class, () -> MaintenanceBody.read(JSON.readTree(body)));
        return String.join(
                " ", refused.violations().stream().map(Violation::pointer).toList());
    }
}
