package dev.pintle.policy.rewrite;

import dev.pintle.config.RoutePath;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The {@code rewrite} settings as the operator wrote them. */
@Schema(description = "Changes the path and the host that the upstream receives.")
public record RewriteSpec(
        @Schema(
                description = "Whether `match.path` is removed from the path. The upstream receives it in"
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
        Boolean preserveHost) {}
