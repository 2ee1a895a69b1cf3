package dev.pintle.policy.upgrade;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** {@code maxTunnels} as written. */
@Schema(
        description =
                "Bounds the number of WebSockets that a node holds open for the route. A further handshake is answered with"
                        + " 503 `overloaded`.")
public record MaxTunnelsSpec(
        @Schema(description = "The most open WebSockets.") @JsonValue @Min(1) @Max(1_000_000) @Nullable
        Integer maxTunnels) {}
