package dev.pintle.policy.ipfilter;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ipFilter} as written. */
@Schema(
        description =
                "Admits clients by address. `deny` is checked first; other clients are answered with 403 `forbidden`."
                        + " Behind a load balancer the address comes from `X-Forwarded-For`, if `trustedProxies` lists the balancer."
                        + " An IPv4-mapped IPv6 address is the IPv4 address.")
public record IpFilterSpec(
        @Schema(description = "The only addresses and CIDR blocks that are admitted; all are when absent.")
        @Size(min = 1, max = 1_000, message = "must have 1 to 1000 entries; leave it out to admit all addresses")
        @Nullable
        List<@CidrBlock String> allow,

        @Schema(description = "Addresses and CIDR blocks that are never admitted.")
        @Size(min = 1, max = 1_000, message = "must have 1 to 1000 entries; leave it out to deny none")
        @Nullable
        List<@CidrBlock String> deny) {}
