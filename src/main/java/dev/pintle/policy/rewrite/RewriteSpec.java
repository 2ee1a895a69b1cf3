package dev.pintle.policy.rewrite;

import dev.pintle.config.RoutePath;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code rewrite} settings as the operator wrote them. */
@Schema(description = "Changes the path, the query and the host that the upstream receives.")
public record RewriteSpec(
        @Schema(
                description =
                        "Whether `match.path` is removed from the path, or the part of `match.template` before its first parameter. The upstream receives it in"
                                + " `X-Forwarded-Prefix`.",
                defaultValue = "false")
        @Nullable
        Boolean stripPrefix,

        @Schema(description = "A path that is added before the rest of the path.") @RoutePath @Nullable
        String prefix,

        @Schema(
                description = "Whether the upstream receives the client's `Host`; otherwise that of its own URL.",
                defaultValue = "false")
        @Nullable
        Boolean preserveHost,

        @Schema(
                description =
                        "The `Host` that the upstream receives, with a port if need be. Not with `preserveHost`. TLS still"
                                + " verifies the host of the target's URL.")
        @Pattern(
                regexp = "(?:[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?",
                message = "must be a host such as api.example.com, perhaps with a port")
        @Nullable
        String host,

        @Valid @Nullable QueryRewriteSpec query) {}
