package dev.pintle.policy.grpcweb;

import dev.pintle.config.Settings;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import org.jspecify.annotations.Nullable;

/** {@code grpcWeb}: translates gRPC-Web into gRPC. */
public final class GrpcWebType implements PolicyType<GrpcWebSpec> {
    public static final GrpcWebType TYPE = new GrpcWebType();

    private GrpcWebType() {}

    @Override
    public String key() {
        return "grpcWeb";
    }

    @Override
    public Class<GrpcWebSpec> spec() {
        return GrpcWebSpec.class;
    }

    @Override
    public @Nullable Policy create(Settings<GrpcWebSpec> settings, PolicyContext context) {
        return settings.get(GrpcWebSpec::grpcWeb) ? new GrpcWebPolicy() : null;
    }
}
