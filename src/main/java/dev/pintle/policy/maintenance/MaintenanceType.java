package dev.pintle.policy.maintenance;

import dev.pintle.config.Settings;
import dev.pintle.http.Policy;
import dev.pintle.policy.NoSettings;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;

/** Maintenance by overrides of operators. The policy has no settings. */
public final class MaintenanceType implements PolicyType<NoSettings> {
    public static final MaintenanceType TYPE = new MaintenanceType();

    private MaintenanceType() {}

    @Override
    public String key() {
        return "maintenance";
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
        return new MaintenancePolicy(
                context.route(), context.services().closed(), context.services().ticker());
    }
}
