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

    @JsonProperty
    private boolean endUser;

    /** Returns whether a collector is configured. */
    public boolean isOn() {
        return endpoint != null && !endpoint.isBlank();
    }

    /**
     * Returns the URL of the collector, with the path of the signal.
     *
     * @throws IllegalArgumentException with a sentence, when the URL is invalid
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
     * Returns the headers of every export, such as a token.
     *
     * @throws IllegalArgumentException with a sentence without values, when they are invalid
     */
    public Map<String, String> headers() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : headers == null || headers.isBlank() ? new String[0] : headers.split(",", -1)) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "tracing.headers in config.yml (OTEL_EXPORTER_OTLP_HEADERS) must have the form "
                                + "name=value, separated by commas.");
            }
            fields.put(
                    field.substring(0, equals).strip(),
                    field.substring(equals + 1).strip());
        }
        return fields;
    }

    /**
     * Returns the share of recorded traces among those that begin here. For traces of clients, the decision of the
     * client applies.
     */
    public double ratio() {
        return ratio;
    }

    /** Returns whether spans name the client, which may be personal data. */
    public boolean endUser() {
        return endUser;
    }

    /** Returns the name of the gateway in traces. */
    public String service() {
        return service;
    }
}
