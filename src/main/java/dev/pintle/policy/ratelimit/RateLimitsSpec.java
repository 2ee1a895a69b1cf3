package dev.pintle.policy.ratelimit;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code rateLimits} as written. */
@Schema(
        description =
                "Bounds the rate of requests with token buckets. A request must pass every limit; a request that one limit"
                        + " refuses costs no tokens of the others and is answered with 429 `rate-limited`.")
public record RateLimitsSpec(
        @Schema(description = "The limits.")
        @JsonValue
        @Size(min = 1, max = 4, message = "must have 1 to 4 limits")
        @Nullable
        List<@Valid RateLimitSpec> rateLimits) {}
