package dev.pintle.policy.concurrency;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** {@code concurrency} as written. */
@Schema(
        description =
                "Bounds the number of requests that a node answers at once for the route. Further requests are answered"
                        + " with 503 `overloaded`. A request counts until its response has ended.")
public record ConcurrencySpec(
        @Schema(description = "The most requests in flight.", defaultValue = "512") @Min(1) @Max(1_000_000) @Nullable
        Integer maxInFlight) {}
