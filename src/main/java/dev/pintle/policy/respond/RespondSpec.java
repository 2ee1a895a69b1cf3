package dev.pintle.policy.respond;

import dev.pintle.policy.headers.EditableHeader;
import dev.pintle.policy.template.ValidTemplate;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code respond} settings as the operator wrote them. */
@Schema(
        description =
                "Answers requests with a fixed response. `timeout`, `retry`, `rewrite` and `circuitBreaker` have no effect on"
                        + " the route.")
public record RespondSpec(
        @Schema(description = "The status.", defaultValue = "200") @Min(200) @Max(599) @Nullable
        Integer status,

        @Schema(
                description =
                        "Headers and the templates of their values, as in `headers`. A template without a value leaves its"
                                + " header out.")
        @Size(min = 1, max = 64, message = "must have 1 to 64 headers; leave it out to send none")
        @Nullable
        Map<@EditableHeader String, @ValidTemplate String> headers,

        @Schema(
                description =
                        "The body, up to 64 KiB in UTF-8. Its type is `text/plain;charset=utf-8` unless `headers` has another.")
        @Nullable
        String body) {}
