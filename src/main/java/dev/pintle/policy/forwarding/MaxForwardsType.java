package dev.pintle.policy.forwarding;

import dev.pintle.config.Settings;
import dev.pintle.http.Policy;
import dev.pintle.policy.NoSettings;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;

/** Handles {@code Max-Forwards} of OPTIONS and TRACE (RFC 9110 section 7.6.2). The policy has no settings. */
public final class MaxForwardsType implements PolicyType<NoSettings> {
    public static final MaxForwardsType TYPE = new MaxForwardsType();

    private MaxForwardsType() {}

    @Override
    public String key() {
        return "maxForwards";
    }

    @Override
    public Class<NoSettings> spec() {
        return NoSettings.class;
    }

    @Override
    public boolean standard() {
        return true;
    }

    @Override
    public Policy create(Settings<NoSettings> none, PolicyContext context) {
        return new MaxForwardsPolicy();
    }
}
