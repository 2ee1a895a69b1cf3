package dev.pintle.policy.grpcweb;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** {@code grpcWeb} as written. */
@Schema(
        description =
                "Translates gRPC-Web of browsers into gRPC: `application/grpc-web` and `application/grpc-web-text`, over any"
                        + " protocol of the client. Needs an `upstream.protocol` of HTTP/2, and `cors` for other origins.")
public record GrpcWebSpec(
        @Schema(description = "Whether the gateway translates gRPC-Web.") @JsonValue @Nullable
        Boolean grpcWeb) {}
