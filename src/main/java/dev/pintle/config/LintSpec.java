package dev.pintle.config;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/** {@code lint} as written. */
@Schema(description = "Findings of the lint that the operator accepts.")
public record LintSpec(
        @Schema(
                description = "The reason for each accepted finding, by the code of its rule:"
                        + " `{\"retry-unsafe\": \"our POST is idempotent\"}`.")
        @Nullable
        Map<
                        @Pattern(
                                regexp = "[a-z][a-z-]{0,62}",
                                message = "must be the code of a lint rule, such as retry-unsafe")
                        String,
                        @CodePointLength(min = 1, max = 500, message = "must be a reason of 1 to 500 characters")
                        String>
                accept) {}
