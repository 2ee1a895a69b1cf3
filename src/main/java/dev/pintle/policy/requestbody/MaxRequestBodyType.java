package dev.pintle.policy.requestbody;

import dev.pintle.config.Settings;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;

/** {@code maxRequestBody}: limits the size of request bodies. */
public final class MaxRequestBodyType implements PolicyType<MaxRequestBodySpec> {
    public static final MaxRequestBodyType TYPE = new MaxRequestBodyType();

    private MaxRequestBodyType() {}

    @Override
    public String key() {
        return "maxRequestBody";
    }

    @Override
    public Class<MaxRequestBodySpec> spec() {
        return MaxRequestBodySpec.class;
    }

    @Override
    public Policy create(Settings<MaxRequestBodySpec> settings, PolicyContext context) {
        return new RequestBodyLimitPolicy(
                settings.get(MaxRequestBodySpec::maxRequestBody).bytes());
    }
}
