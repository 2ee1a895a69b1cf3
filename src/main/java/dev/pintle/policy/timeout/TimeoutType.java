package dev.pintle.policy.timeout;

import dev.pintle.config.Durations;
import dev.pintle.config.Origin;
import dev.pintle.config.Settings;
import dev.pintle.config.Violations;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import java.time.Duration;

/** {@code timeout}: limits the time of a request. */
public final class TimeoutType implements PolicyType<TimeoutSpec> {
    public static final TimeoutType TYPE = new TimeoutType();

    private TimeoutType() {}

    @Override
    public String key() {
        return "timeout";
    }

    @Override
    public Class<TimeoutSpec> spec() {
        return TimeoutSpec.class;
    }

    @Override
    public boolean standard() {
        return true;
    }

    @Override
    public void validate(TimeoutSpec spec, Violations violations) {
        violations.requireNotLonger("/attempt", spec.attempt(), "/total", spec.total());
    }

    @Override
    public void validateEffective(Settings<TimeoutSpec> settings, Violations violations) {
        Duration attempt = settings.get(TimeoutSpec::attempt);
        Duration total = settings.get(TimeoutSpec::total);
        boolean fromRoute = settings.origins().get("attempt") == Origin.ROUTE
                && settings.origins().get("total") != Origin.ROUTE;
        if (fromRoute && attempt.compareTo(total) > 0) {
            violations.add(
                    "/attempt",
                    "must not be longer than the total of " + Durations.format(total)
                            + " of this route; set a longer /timeout/total");
        }
    }

    @Override
    public Policy create(Settings<TimeoutSpec> settings, PolicyContext context) {
        return new TimeoutPolicy(
                settings.get(TimeoutSpec::total),
                settings.get(TimeoutSpec::idle),
                context.services().ticker());
    }
}
