package dev.pintle.telemetry;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Set;

/** The settings of the access log in config.yml. */
public final class AccessLogConfiguration {
    /** The part of a client's address that is logged. */
    public enum ClientShown {
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
    private ClientShown client = ClientShown.ADDRESS;

    @NotNull
    @JsonProperty
    private List<String> query = List.of();

    LogFormat format() {
        return format;
    }

    /** The share of requests without a fault that get a line; those with one always do. */
    double sample() {
        return sample;
    }

    ClientShown client() {
        return client;
    }

    /** The terms of a query whose values are shown; {@code *} shows all, an empty set not even their names. */
    Set<String> query() {
        return Set.copyOf(query);
    }
}
