package dev.pintle.policy.authentication;

import dev.pintle.config.Distinct;
import dev.pintle.http.HttpToken;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code authentication.apiKey} as written. */
@Schema(description = "Where API keys are.")
public record ApiKeySpec(
        @Schema(
                description = "The places of the key: `header:NAME` or `query:NAME`. A key in a URL ends up in logs;"
                        + " prefer a header. `header:X-API-Key` when absent.")
        @Size(min = 1, max = 4, message = "must have 1 to 4 entries, such as [\"header:X-API-Key\"]")
        @Distinct
        @Nullable
        List<
                        @Pattern(
                                regexp = "header:" + HttpToken.REGEX + "|query:[0-9A-Za-z._~-]+",
                                message = "must be header:NAME or query:NAME")
                        String>
                from) {
    private static final String DEFAULT_PLACE = "header:X-API-Key";

    static List<String> places(@Nullable ApiKeySpec spec) {
        return spec == null || spec.from() == null ? List.of(DEFAULT_PLACE) : spec.from();
    }
}
