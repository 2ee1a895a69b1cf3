package dev.pintle.lint;

import dev.pintle.config.SettingsType;
import dev.pintle.policy.authentication.AuthenticationSpec;
import dev.pintle.policy.authentication.AuthenticationType;
import dev.pintle.policy.ipfilter.IpFilterType;
import java.util.List;

/** The policies that restrict clients. */
final class Protections {
    static final List<SettingsType<?>> ALL = List.of(AuthenticationType.TYPE, IpFilterType.TYPE);

    private Protections() {}

    /** Whether a route has a protection. Optional authentication lets every client pass. */
    static boolean has(LintedRoute route, SettingsType<?> protection) {
        return route.settings().contains(protection)
                && !(protection == AuthenticationType.TYPE
                        && route.settings().of(AuthenticationType.TYPE).get(AuthenticationSpec::optional));
    }
}
