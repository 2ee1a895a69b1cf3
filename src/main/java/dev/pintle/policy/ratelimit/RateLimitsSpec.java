package dev.pintle.policy.ratelimit;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code rateLimits} as the operator wrote them. */
@Schema(
        description = "Limits the rate of requests with token buckets. Every limit must admit a request. A "
                + "request that one limit refuses costs no tokens of the others, and the gateway "
                + "answers it with 429 `rate-limited`.")
public record RateLimitsSpec(
        @Schema(description = "The limits.")
        @JsonValue
        @Size(min = 1, max = 4, message = "must have 1 to 4 limits")
        @Nullable
        List<@Valid RateLimitSpec> rateLimits) {}
