package dev.pintle.upstream.health;

import dev.pintle.config.DurationRange;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code upstream.healthCheck} as written. */
@Schema(description = "Checks each target with GET requests. A status below 400 is healthy.")
public record HealthCheckSpec(
        @Schema(description = "The path that is requested, below the path of the target.", defaultValue = "/healthz")
        @Pattern(regexp = "/[!-\"$-~]*", message = "must be a path such as /healthz, with a query if it needs one")
        @Nullable
        String path,

        @Valid @Nullable GrpcHealthSpec grpc,

        @Schema(description = "The time between two checks.", defaultValue = "5s")
        @DurationRange(min = "100ms", max = "1d")
        @Nullable
        Duration interval,

        @Schema(description = "The time of one check, including the connection.", defaultValue = "1s")
        @DurationRange(min = "1ms", max = "1m")
        @Nullable
        Duration timeout,

        @Schema(description = "The consecutive failures that make a target unhealthy.", defaultValue = "3")
        @Min(1)
        @Max(100)
        @Nullable
        Integer unhealthyAfter,

        @Schema(description = "The consecutive successes that make a target healthy again.", defaultValue = "2")
        @Min(1)
        @Max(100)
        @Nullable
        Integer healthyAfter) {
    /** The settings of a spec that has all values. */
    public HealthCheckSettings settings() {
        return new HealthCheckSettings(
                Objects.requireNonNull(path),
                grpc == null ? null : Objects.requireNonNullElse(grpc.service(), ""),
                Objects.requireNonNull(interval),
                Objects.requireNonNull(timeout),
                Objects.requireNonNull(unhealthyAfter),
                Objects.requireNonNull(healthyAfter));
    }
}
