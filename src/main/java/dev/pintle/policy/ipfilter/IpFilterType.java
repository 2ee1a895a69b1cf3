package dev.pintle.policy.ipfilter;

import dev.pintle.config.Settings;
import dev.pintle.config.Violations;
import dev.pintle.http.CidrSet;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import java.util.List;

/** {@code ipFilter}: admits clients by address. */
public final class IpFilterType implements PolicyType<IpFilterSpec> {
    public static final IpFilterType TYPE = new IpFilterType();

    private IpFilterType() {}

    @Override
    public String key() {
        return "ipFilter";
    }

    @Override
    public Class<IpFilterSpec> spec() {
        return IpFilterSpec.class;
    }

    @Override
    public void validate(IpFilterSpec spec, Violations violations) {
        if (spec.allow() == null && spec.deny() == null) {
            violations.add("", "must have allow or deny, such as {\"allow\": [\"10.0.0.0/8\"]}");
        }
    }

    @Override
    public Policy create(Settings<IpFilterSpec> settings, PolicyContext context) {
        List<String> allow = settings.find(IpFilterSpec::allow);
        List<String> deny = settings.find(IpFilterSpec::deny);
        return new IpFilterPolicy(
                allow == null ? null : CidrSet.of(allow), CidrSet.of(deny == null ? List.of() : deny));
    }
}
