package dev.pintle.upstream.target;

import dev.pintle.config.Required;
import dev.pintle.upstream.dns.EgressPolicy;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of {@code upstream.targets} as written. */
@Schema(description = "One address of an upstream.")
public record TargetSpec(
        @Schema(description = "`http` or `https`, a host, and optionally a port and a path.")
        @Required(message = "is missing; write http://host:port")
        @HttpUrl
        @Nullable
        String url,

        @Schema(description = "The share of the target among the targets of the route.", defaultValue = "1")
        @Min(1)
        @Max(1_000)
        @Nullable
        Integer weight) {
    /** The fault of the URL; empty when it is valid or absent. */
    public Optional<String> fault() {
        return url == null ? Optional.empty() : TargetUrl.fault(url);
    }

    /** The reason why the egress policy blocks the target's address; empty when it is allowed or the host is a name. */
    public Optional<String> blockedBy(EgressPolicy egress) {
        return url == null || TargetUrl.fault(url).isPresent()
                ? Optional.empty()
                : Target.of(url, 1).closedBecause(egress);
    }
}
