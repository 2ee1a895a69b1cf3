package dev.pintle.upstream.discovery;

import dev.pintle.config.Required;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code upstream.discovery} as written. */
@Schema(description = "Finds the targets by DNS, instead of `targets`, and follows their changes.")
public record DiscoverySpec(
        @Schema(description = "The name to look up, such as `users.internal`.")
        @Required(message = "is missing; name the DNS name of the targets, such as \"users.internal\"")
        @Pattern(
                regexp =
                        "(?=.{1,253}$)([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*(?!\\d+\\.?$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.?",
                message = "must be a DNS name of letters, digits, hyphens, underscores and dots; write an address as a"
                        + " target instead")
        @Nullable
        String dns,

        @Schema(description = "The port of every target. SRV records carry their own ports.")
        @Min(1)
        @Max(65_535)
        @Nullable
        Integer port,

        @Schema(
                description =
                        "The record type: IPv4 addresses (`A`), IPv6 addresses (`AAAA`), or hosts with ports (`SRV`).",
                defaultValue = "A")
        @Pattern(regexp = "A|AAAA|SRV", message = "must be A, AAAA or SRV")
        @Nullable
        String type,

        @Schema(description = "`http`, or `https` for TLS with every target.", defaultValue = "http") @Nullable
        DiscoveryScheme scheme) {}
