package dev.pintle.policy.upgrade;

import dev.pintle.config.Settings;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import org.jspecify.annotations.Nullable;

/** {@code upgrade}: the protocols that a client may switch to. */
public final class UpgradeType implements PolicyType<UpgradeSpec> {
    public static final UpgradeType TYPE = new UpgradeType();

    private UpgradeType() {}

    @Override
    public String key() {
        return "upgrade";
    }

    @Override
    public Class<UpgradeSpec> spec() {
        return UpgradeSpec.class;
    }

    @Override
    public boolean standard() {
        return true;
    }

    @Override
    public @Nullable Policy create(Settings<UpgradeSpec> settings, PolicyContext context) {
        return settings.get(UpgradeSpec::upgrade).isEmpty()
                ? null
                : new UpgradePolicy(new TunnelLimitPolicy(context.services().tunnels(), "tunnels.max of this node"));
    }
}
