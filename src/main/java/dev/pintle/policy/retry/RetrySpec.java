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

/** The {@code retry} settings as the operator wrote them. */
@Schema(
        description = "Retries a failed attempt if the method and the failure are listed. The gateway must "
                + "not have sent a response, must have stored the whole request body, and needs time "
                + "and retry budget.")
public record RetrySpec(
        @Schema(description = "The maximum number of retries of one request. 0 disables retries.", defaultValue = "2")
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
                        "The failures that are retried: `connect`, `reset`, `timeout`, statuses (`429` and any from"
                                + " `500` to `599`), and statuses of gRPC calls that passed no message, such as"
                                + " `grpc:unavailable`, whatever the method.",
                defaultValue = "[\"connect\", \"reset\", \"timeout\", \"502\", \"503\", \"504\"]")
        @Distinct
        @Nullable
        List<
                        @Pattern(
                                regexp = "connect|reset|timeout|429|5[0-9][0-9]|grpc:(unavailable|resource-exhausted"
                                        + "|aborted|cancelled|unknown|internal|deadline-exceeded)",
                                message = "must be connect, reset, timeout, or a status such as \"429\", \"503\" or"
                                        + " \"grpc:unavailable\"")
                        String>
                on,

        @Schema(
                description = "The methods that are retried. A failure to connect is retried for all methods.",
                defaultValue = "[\"GET\", \"HEAD\", \"OPTIONS\", \"PUT\", \"DELETE\", \"TRACE\"]")
        @Distinct
        @Nullable
        List<@HttpMethodName String> methods,

        @Schema(description = "The maximum size of a request body that is stored for a retry.", defaultValue = "64KiB")
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
