package dev.pintle.policy.requestbody;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.pintle.config.DataSize;
import dev.pintle.config.DataSizeRange;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** {@code maxRequestBody} as written. */
@Schema(description = "Bounds the size of request bodies. A larger one is answered with 413 `body-too-large`.")
public record MaxRequestBodySpec(
        @Schema(description = "The largest request body.") @JsonValue @DataSizeRange(max = "1048576GiB") @Nullable
        DataSize maxRequestBody) {}
