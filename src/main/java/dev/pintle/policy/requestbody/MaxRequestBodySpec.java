package dev.pintle.policy.requestbody;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.pintle.config.DataSize;
import dev.pintle.config.DataSizeRange;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The {@code maxRequestBody} setting as the operator wrote it. */
@Schema(
        description = "Limits the size of request bodies. The gateway answers a request with a larger body with 413 "
                + "`body-too-large`.")
public record MaxRequestBodySpec(
        @Schema(description = "The maximum size of a request body.")
        @JsonValue
        @DataSizeRange(max = "1048576GiB")
        @Nullable
        DataSize maxRequestBody) {}
