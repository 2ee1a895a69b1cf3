package dev.pintle.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The collector of traces, as configured by the variables of OpenTelemetry. */
class TracingConfigurationTest {
    private static TracingConfiguration of(String field, String value) throws JsonProcessingException {
        return new ObjectMapper()
                .readerFor(TracingConfiguration.class)
                .readValue(new ObjectMapper().writeValueAsString(Map.of(field, value)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:4318, http://localhost:4318/v1/traces",
        "https://collector.example/, https://collector.example/v1/traces",
        "https://vendor.example/otlp, https://vendor.example/otlp/v1/traces"
    })
    void theUrlIsTheEndpointWithThePathOfTraces(String endpoint, String url) throws Exception {
        assertThat(of("endpoint", endpoint).isOn()).isTrue();
        assertThat(of("endpoint", endpoint).endpoint()).hasToString(url);
    }

    @Test
    void withoutAnEndpointTracingIsOff() throws Exception {
        assertThat(of("endpoint", "").isOn()).isFalse();
        assertThat(new TracingConfiguration().isOn()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:4318", "grpc://localhost", "http://", "http://a b", "http://a?b"})
    void anInvalidEndpointIsRejectedWithItsKeyButNotItsValue(String endpoint) throws Exception {
        TracingConfiguration configuration = of("endpoint", endpoint);
        assertThatThrownBy(configuration::endpoint)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tracing.endpoint in config.yml (OTEL_EXPORTER_OTLP_ENDPOINT) must be a URL"
                        + " such as http://localhost:4318.");
    }

    @Test
    void headersAreNamesAndValues() throws Exception {
        assertThat(of("headers", "authorization=Basic YTpi==, x-team=edge").headers())
                .isEqualTo(Map.of("authorization", "Basic YTpi==", "x-team", "edge"));
        assertThat(of("headers", " ").headers()).isEmpty();
    }

    @Test
    void invalidHeadersAreRejectedWithoutTheirValue() throws Exception {
        TracingConfiguration configuration = of("headers", "secret");
        assertThatThrownBy(configuration::headers)
                .hasMessageContaining("tracing.headers")
                .hasMessageNotContaining("secret");
    }
}
