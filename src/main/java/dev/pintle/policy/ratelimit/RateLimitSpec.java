package dev.pintle.policy.ratelimit;

import dev.pintle.config.DurationRange;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code rateLimit} as written. */
@Schema(
        description =
                "Bounds the rate of requests with a token bucket. Further requests are answered with 429 `rate-limited`.")
public record RateLimitSpec(
        @Schema(description = "The requests that the bucket gains in each period.", defaultValue = "100")
        @Min(1)
        @Max(1_000_000_000)
        @Nullable
        Integer requests,

        @Schema(description = "The period.", defaultValue = "1m") @DurationRange(min = "1ms", max = "366d") @Nullable
        Duration per,

        @Schema(description = "The requests that a full bucket holds; as many as `requests` when absent.")
        @Min(1)
        @Max(1_000_000_000)
        @Nullable
        Integer burst,

        @Schema(
                description =
                        "The requests that share a bucket: those of the `route`, of each `client`, or of each value"
                                + " of a header (`header:NAME`).",
                defaultValue = "client")
        @Pattern(
                regexp = "route|client|header:[!#$%&'*+.^_`|~0-9A-Za-z-]+",
                message = "must be route, client or header:NAME")
        @Nullable
        String key,

        @Schema(
                description = "What applies while Redis is unavailable: each node enforces its part (`split`), all"
                        + " requests pass (`allow`), or none passes (`deny`).",
                defaultValue = "split")
        @Nullable
        RedisFailureMode onRedisFailure) {}
