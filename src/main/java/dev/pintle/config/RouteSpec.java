package dev.pintle.config;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/** The keys of a route that identify it. All other keys have a {@link SettingsType}. */
@Schema(description = "A route selects requests and defines how the gateway handles them.")
public record RouteSpec(
        @Schema(
                description =
                        "The name of the route: 1 to 63 lowercase letters, digits and hyphens, beginning with a letter or"
                                + " digit. `POST` derives it from the path when it is absent.")
        @Required(message = "is missing; name the route")
        @Pattern(
                regexp = RouteIds.SYNTAX,
                message = "must be 1 to 63 lowercase letters, digits and hyphens, and begin with a letter or digit")
        @Nullable
        String id,

        @Schema(description = "A comment for operators.")
        @CodePointLength(max = 1_000, message = "must have at most 1000 characters")
        @Nullable
        String description,

        @Schema(description = "Whether the route is active. A disabled route stays stored.", defaultValue = "true")
        @Nullable
        Boolean enabled,

        @Schema(
                description =
                        "The repository that manages the route with `bin/pintle sync --owner`. A batch of another owner"
                                + " neither changes nor removes the route.")
        @Pattern(
                regexp = RouteSpec.OWNER_SYNTAX,
                message = "must be 1 to 63 lowercase letters, digits, dots, hyphens, underscores and slashes, and begin"
                        + " with a letter or digit")
        @Nullable
        String owner,

        @Schema(description = "The requests that the route matches.")
        @Required(message = "is missing; select requests, such as \\{\"path\": \"/users\"\\}")
        @Valid
        @Nullable
        MatchSpec match,

        @Schema(description = "Findings of the lint that the operator accepts.") @Valid @Nullable
        LintSpec lint) {
    /** The syntax of an owner. */
    public static final String OWNER_SYNTAX = "[a-z0-9][a-z0-9._/-]{0,62}";
}
