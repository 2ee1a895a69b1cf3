package dev.pintle.config;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/** A consumer as written. */
@Schema(description = "A client with an identity. Its credentials are not part of the document.")
public record ConsumerSpec(
        @Schema(description = "The name of the consumer.")
        @Required(message = "is missing; name the consumer")
        @Pattern(
                regexp = RouteIds.SYNTAX,
                message = "must be 1 to 63 lowercase letters, digits and hyphens, and begin with a letter or digit")
        @Nullable
        String id,

        @Schema(description = "A comment for operators.")
        @CodePointLength(max = 1_000, message = "must have at most 1000 characters")
        @Nullable
        String description,

        @Schema(
                description =
                        "The repository that manages the document with `bin/pintle sync --owner`. A batch of another owner"
                                + " neither changes nor removes it.")
        @Pattern(
                regexp = RouteSpec.OWNER_SYNTAX,
                message = "must be 1 to 63 lowercase letters, digits, dots, hyphens, underscores and slashes, and begin"
                        + " with a letter or digit")
        @Nullable
        String owner,

        @Schema(description = "Whether its credentials are accepted.", defaultValue = "true") @Nullable
        Boolean enabled,

        @Schema(description = "The groups of the consumer, such as its plan. A group exists when a consumer has it.")
        @Size(max = 32, message = "must have at most 32 entries")
        @Distinct
        @Nullable
        List<
                        @Pattern(
                                regexp = RouteIds.SYNTAX,
                                message =
                                        "must be 1 to 63 lowercase letters, digits and hyphens, and begin with a letter or digit")
                        String>
                groups,

        @Schema(description = "Free names and values for operators.")
        @Size(max = 16, message = "must have at most 16 entries")
        @Nullable
        Map<String, String> labels) {}
