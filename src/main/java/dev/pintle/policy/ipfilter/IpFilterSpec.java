package dev.pintle.policy.ipfilter;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code ipFilter} settings as the operator wrote them. */
@Schema(
        description =
                "Admits clients by address. `deny` is checked first; other clients are answered with 403 `forbidden`."
                        + " Behind a load balancer the address comes from `X-Forwarded-For`, if `trustedProxies` lists the balancer."
                        + " An IPv4-mapped IPv6 address is the IPv4 address.")
public record IpFilterSpec(
        @Schema(description = "The addresses and CIDR blocks that are admitted; all when absent.")
        @Size(min = 1, max = 1_000, message = "must have 1 to 1000 entries; remove it to admit all addresses")
        @Nullable
        List<@CidrBlock String> allow,

        @Schema(description = "Addresses and CIDR blocks that are never admitted.")
        @Size(min = 1, max = 1_000, message = "must have 1 to 1000 entries; remove it to deny none")
        @Nullable
        List<@CidrBlock String> deny) {}
