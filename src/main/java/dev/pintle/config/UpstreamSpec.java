package dev.pintle.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a route's requests go, as written; null where nothing was written. */
public record UpstreamSpec(
        @Nullable List<TargetSpec> targets,
        @Nullable String loadBalancing,
        @Nullable String hashKey,
        @Nullable TlsSpec tls,
        @Nullable HealthCheckSpec healthCheck,
        @Nullable OutlierDetectionSpec outlierDetection) {}
