package dev.pintle.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pintle.server.guards.HeapBasedLimits;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** The WebSockets of a node. */
public final class TunnelsConfiguration {
    @Min(1)
    @JsonProperty
    private @Nullable Integer max;

    /** The most open tunnels. */
    int max() {
        return max == null ? HeapBasedLimits.tunnels() : max;
    }
}
