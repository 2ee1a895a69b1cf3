package dev.pintle.telemetry;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of distributed traces in config.yml. */
public final class TracingConfiguration {
    @JsonProperty
    private @Nullable String endpoint;

    @JsonProperty
    private @Nullable String headers;

    @DecimalMin("0")
    @DecimalMax("1")
    @JsonProperty
    private double ratio = 1;

    @NotBlank
    @JsonProperty
    private String service = "pintle";

    /** Whether a collector is configured. */
    public boolean isOn() {
        return endpoint != null && !endpoint.isBlank();
    }

    /**
     * The URL of the collector, with the path of the signal.
     *
     * @throws IllegalArgumentException with a sentence, when it is no such URL
     */
    public URI endpoint() {
        String base = String.valueOf(endpoint).strip();
        if (!base.matches("(?i)https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
            throw new IllegalArgumentException(
                    "tracing.endpoint in config.yml (OTEL_EXPORTER_OTLP_ENDPOINT) must be a URL"
                            + " such as http://localhost:4318.");
        }
        return URI.create(base.endsWith("/") ? base + "v1/traces" : base + "/v1/traces");
    }

    /**
     * Fields that go with every export, such as a token.
     *
     * @throws IllegalArgumentException with a sentence that holds no value, when they cannot be read
     */
    public Map<String, String> headers() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : headers == null || headers.isBlank() ? new String[0] : headers.split(",", -1)) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("tracing.headers in config.yml (OTEL_EXPORTER_OTLP_HEADERS) must be"
                        + " name=value, and a comma before the next.");
            }
            fields.put(
                    field.substring(0, equals).strip(),
                    field.substring(equals + 1).strip());
        }
        return fields;
    }

    /** The share of the traces that begin here which are recorded; those of a client go by the client's decision. */
    public double ratio() {
        return ratio;
    }

    /** The name under which the gateway appears in traces. */
    public String service() {
        return service;
    }
}
