package dev.pintle.policy.authorization;

import dev.pintle.config.Distinct;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code authorization} as written. */
@Schema(
        description =
                "Admits clients by their identity, which `authentication` verifies. All given rules must hold; inside one rule"
                        + " any value suffices. Other clients are answered with 403 `forbidden`.")
public record AuthorizationSpec(
        @Schema(description = "Scopes, one of which the token must have in `scope` or `scp`.")
        @Size(min = 1, max = 32, message = "must have 1 to 32 entries; leave it out to admit all scopes")
        @Distinct
        @Nullable
        List<
                        @Pattern(
                                regexp = "[!#-\\[\\]-~]+",
                                message = "must have printable ASCII characters without space, quote and backslash")
                        String>
                scopes,

        @Schema(
                description =
                        "Claims of the token, each with the values of which it must have one. A dot leads into an object:"
                                + " `realm_access.roles`.")
        @Size(min = 1, max = 16, message = "must have 1 to 16 entries; leave it out to admit all claims")
        @Nullable
        Map<String, List<String>> claims,

        @Schema(description = "The consumers that are admitted.")
        @Size(min = 1, max = 1_000, message = "must have 1 to 1000 entries; leave it out to admit all consumers")
        @Distinct
        @Nullable
        List<String> consumers,

        @Schema(description = "Groups, one of which the consumer must have.")
        @Size(min = 1, max = 100, message = "must have 1 to 100 entries; leave it out to admit all groups")
        @Distinct
        @Nullable
        List<String> groups) {}
