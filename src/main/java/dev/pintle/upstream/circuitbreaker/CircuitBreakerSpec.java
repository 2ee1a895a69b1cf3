package dev.pintle.upstream.circuitbreaker;

import dev.pintle.config.DurationRange;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code circuitBreaker} as written. */
@Schema(
        description =
                "Stops sending requests to a target that fails. A circuit belongs to a route and a target. Failures are"
                        + " connect failures, resets, timeouts, and the statuses 500, 502, 503 and 504. With several targets an"
                        + " open one is skipped; when all are open, the answer is 503 `circuit-open` with `Retry-After`.")
public record CircuitBreakerSpec(
        @Schema(description = "The consecutive failures that open the circuit of a target.", defaultValue = "5")
        @Min(1)
        @Max(1_000)
        @Nullable
        Integer consecutiveFailures,

        @Schema(description = "The time that a circuit stays open.", defaultValue = "30s")
        @DurationRange(min = "1ms", max = "1d")
        @Nullable
        Duration cooldown,

        @Schema(
                description = "The requests that then test the target. All must succeed to close the circuit.",
                defaultValue = "1")
        @Min(1)
        @Max(100)
        @Nullable
        Integer halfOpenRequests) {}
