package dev.pintle.upstream.health;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code upstream.healthCheck.grpc} as written. */
@Schema(
        description =
                "Checks with calls of `grpc.health.v1.Health/Check` instead of GET requests. `SERVING` is healthy.")
public record GrpcHealthSpec(
        @Schema(description = "The name of the service; the empty name is the whole server.", defaultValue = "")
        @Pattern(regexp = "[A-Za-z0-9._/-]{0,200}", message = "must be the name of a service of up to 200 characters")
        @Nullable
        String service) {}
