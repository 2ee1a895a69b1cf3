package dev.pintle.policy.concurrency;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** The {@code concurrency} settings as the operator wrote them. */
@Schema(
        description = "Limits the number of requests in flight of the route on a node. The gateway answers "
                + "further requests with 503 `overloaded`. A request counts until its response has "
                + "ended.")
public record ConcurrencySpec(
        @Schema(description = "The maximum number of requests in flight.", defaultValue = "512")
        @Min(1)
        @Max(1_000_000)
        @Nullable
        Integer maxInFlight) {}
