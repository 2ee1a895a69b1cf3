package dev.pintle.upstream;

import dev.pintle.http.HttpToken;
import dev.pintle.upstream.discovery.DiscoverySpec;
import dev.pintle.upstream.health.HealthCheckSpec;
import dev.pintle.upstream.loadbalancing.LoadBalancing;
import dev.pintle.upstream.outlier.OutlierDetectionSpec;
import dev.pintle.upstream.target.TargetSpec;
import dev.pintle.upstream.target.UpstreamProtocol;
import dev.pintle.upstream.tls.TlsSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code upstream} as written. */
@Schema(description = "The targets of a route.")
public record UpstreamSpec(
        @Schema(description = "The addresses of the upstream. This key or `discovery` is required.")
        @Size(min = 1, max = 256, message = "must name 1 to 256 targets")
        @Nullable
        List<@Valid TargetSpec> targets,

        @Valid @Nullable DiscoverySpec discovery,

        @Schema(
                description =
                        "The protocol with the targets: HTTP/1.1 (`http1`), HTTP/2 over TLS (`h2`), HTTP/2 in clear"
                                + " text (`h2c`), or HTTP/2 if the target selects it by ALPN, otherwise HTTP/1.1 (`auto`)."
                                + " gRPC needs HTTP/2.",
                defaultValue = "http1")
        @Nullable
        UpstreamProtocol protocol,

        @Schema(
                description =
                        "The algorithm that selects a target: in turn (`round-robin`), the less busy of two random"
                                + " ones (`least-requests`), or the same for the same key (`consistent-hash`).",
                defaultValue = "round-robin")
        @Nullable
        LoadBalancing loadBalancing,

        @Schema(description = "With `consistent-hash`, the key: `client`, `header:NAME` or `cookie:NAME`.")
        @Pattern(
                regexp = "client|(header|cookie):" + HttpToken.REGEX,
                message = "must be client, header:NAME or cookie:NAME")
        @Nullable
        String hashKey,

        @Valid @Nullable TlsSpec tls,
        @Valid @Nullable HealthCheckSpec healthCheck,
        @Valid @Nullable OutlierDetectionSpec outlierDetection) {}
