package dev.pintle.policy.retry;

import dev.pintle.config.DataSize;
import dev.pintle.config.DataSizeRange;
import dev.pintle.config.Distinct;
import dev.pintle.config.DurationRange;
import dev.pintle.config.HttpMethodName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code retry} as written. */
@Schema(
        description =
                "Repeats a failed attempt while nothing was answered, the method and the condition are listed, the request"
                        + " body was kept whole, time is left, and the retry budget of the route is not spent.")
public record RetrySpec(
        @Schema(description = "The most retries of one request. 0 turns retries off.", defaultValue = "2")
        @Min(0)
        @Max(10)
        @Nullable
        Integer max,

        @Schema(
                description = "The first pause is random, up to this; each further one up to twice as long.",
                defaultValue = "25ms")
        @DurationRange(min = "0s", max = "1m")
        @Nullable
        Duration backoff,

        @Schema(description = "The longest pause.", defaultValue = "250ms")
        @DurationRange(min = "0s", max = "5m")
        @Nullable
        Duration maxBackoff,

        @Schema(
                description =
                        "The failures that are retried: `connect`, `reset`, `timeout`, and statuses: `429` and any"
                                + " from `500` to `599`.",
                defaultValue = "[\"connect\", \"reset\", \"timeout\", \"502\", \"503\", \"504\"]")
        @Distinct
        @Nullable
        List<
                        @Pattern(
                                regexp = "connect|reset|timeout|429|5[0-9][0-9]",
                                message = "must be connect, reset, timeout, or a status such as \"429\" or \"503\"")
                        String>
                on,

        @Schema(
                description = "The methods that are retried. A failure to connect is retried for all methods.",
                defaultValue = "[\"GET\", \"HEAD\", \"OPTIONS\", \"PUT\", \"DELETE\", \"TRACE\"]")
        @Distinct
        @Nullable
        List<@HttpMethodName String> methods,

        @Schema(description = "The most that is kept of a request body for a retry.", defaultValue = "64KiB")
        @DataSizeRange(max = "16MiB")
        @Nullable
        DataSize maxReplayBody,

        @Schema(
                description = "The retries that the budget gains, in percent of the requests. The budget also gains 3 a"
                        + " second, holds at most 30 and is full at the start.",
                defaultValue = "20")
        @Min(0)
        @Max(100)
        @Nullable
        Integer budgetPercent) {}
