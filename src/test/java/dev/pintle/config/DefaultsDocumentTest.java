package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.routing.RouteSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultsDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void emptyDefaultsAreValid() throws Exception {
        assertThat(new DocumentCache(RouteSchema.SCHEMA).defaults(JSON.readTree("{}")))
                .isEqualTo(DefaultsDocument.NONE);
    }

    @Test
    void defaultsHaveTheKeysThatRoutesShare() throws Exception {
        JsonNode json = JSON.readTree("""
                {"rewrite": {}, "timeout": {}, "retry": {}, "circuitBreaker": {}, "concurrency": {}, "rateLimits": [{}], "maxRequestBody": "1B"}""");

        assertThat(new DocumentCache(RouteSchema.SCHEMA).defaults(json).json()).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "match", "upstream", "description", "enabled"})
    void defaultsHaveNoKeyThatOnlyRoutesHave(String key) throws Exception {
        JsonNode json = JSON.readTree("{\"" + key + "\": {}}");

        assertThat(catchThrowableOfType(
                                InvalidSpecException.class, () -> new DocumentCache(RouteSchema.SCHEMA).defaults(json))
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("/" + key);
    }

    @Test
    void defaultsFollowTheRulesOfRoutes() throws Exception {
        JsonNode json =
                JSON.readTree("{\"retry\": {\"max\": 11}, \"timeout\": {\"attempt\": \"2s\", \"total\": \"1s\"}}");

        assertThat(catchThrowableOfType(
                                InvalidSpecException.class, () -> new DocumentCache(RouteSchema.SCHEMA).defaults(json))
                        .violations())
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/retry/max", "/timeout/attempt");
    }
}
