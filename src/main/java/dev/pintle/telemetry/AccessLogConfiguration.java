package dev.pintle.telemetry;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Set;

/** The settings of the access log in config.yml. */
public final class AccessLogConfiguration {
    /** The part of a client address that is logged. */
    public enum ClientAddressPart {
        ADDRESS,
        /** The first 24 bits of an IPv4 address, the first 48 of an IPv6 address. */
        NETWORK,
        NONE
    }

    @NotNull
    @JsonProperty
    private LogFormat format = LogFormat.JSON;

    @DecimalMin("0")
    @DecimalMax("1")
    @JsonProperty
    private double sample = 1;

    @NotNull
    @JsonProperty
    private ClientAddressPart client = ClientAddressPart.ADDRESS;

    @NotNull
    @JsonProperty
    private List<String> query = List.of();

    LogFormat format() {
        return format;
    }

    /** Returns the share of successful requests that are logged; failed requests always are. */
    double sample() {
        return sample;
    }

    ClientAddressPart client() {
        return client;
    }

    /** Returns the query parameters whose values are logged. {@code *} logs all; an empty set logs no query. */
    Set<String> query() {
        return Set.copyOf(query);
    }
}
