package dev.pintle.policy.timeout;

import dev.pintle.config.DurationRange;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The {@code timeout} settings as the operator wrote them. */
@Schema(description = "Limits the time of a request. While the request body moves, `attempt` and `total` are paused.")
public record TimeoutSpec(
        @Schema(description = "The time for a connection to a target, including TLS.", defaultValue = "1s")
        @DurationRange(min = "1ms", max = "5m")
        @Nullable
        Duration connect,

        @Schema(
                description =
                        "The time of one attempt: from the last byte of the request to the end of the response head.",
                defaultValue = "10s")
        @DurationRange(min = "1ms", max = "1d")
        @Nullable
        Duration attempt,

        @Schema(description = "The time of all attempts and the back-off between them.", defaultValue = "30s")
        @DurationRange(min = "1ms", max = "1d")
        @Nullable
        Duration total,

        @Schema(description = "The longest gap without a byte in either body, on either side.", defaultValue = "60s")
        @DurationRange(min = "1ms", max = "1d")
        @Nullable
        Duration idle,

        @Schema(
                description =
                        "The longest silence of a WebSocket, a gRPC call and `text/event-stream`. It replaces `idle` there.",
                defaultValue = "10m")
        @DurationRange(min = "1ms", max = "1d")
        @Nullable
        Duration stream) {}
