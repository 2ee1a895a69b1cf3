package dev.pintle.policy.retry;

import dev.pintle.config.Settings;
import dev.pintle.config.Violations;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyServices;
import dev.pintle.policy.PolicyType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code retry}: retries failed attempts. */
public final class RetryType implements PolicyType<RetrySpec> {
    public static final RetryType TYPE = new RetryType();

    private RetryType() {}

    @Override
    public String key() {
        return "retry";
    }

    @Override
    public Class<RetrySpec> spec() {
        return RetrySpec.class;
    }

    @Override
    public boolean standard() {
        return true;
    }

    @Override
    public void validate(RetrySpec spec, Violations violations) {
        violations.requireNotLonger("/backoff", spec.backoff(), "/maxBackoff", spec.maxBackoff());
    }

    @Override
    public @Nullable Policy create(Settings<RetrySpec> settings, PolicyContext context) {
        if (settings.get(RetrySpec::max) == 0) {
            return null;
        }
        PolicyServices services = context.services();
        int percent = settings.get(RetrySpec::budgetPercent);
        RetryBudget budget = context.state(RetryBudget.class, () -> new RetryBudget(percent, services.ticker()));
        budget.percent(percent);
        return new RetryPolicy(
                settings(settings), budget, context.metrics(), services.random(), services.clock(), services.sleeper());
    }

    private static RetrySettings settings(Settings<RetrySpec> settings) {
        return new RetrySettings(
                settings.get(RetrySpec::max),
                settings.get(RetrySpec::backoff),
                settings.get(RetrySpec::maxBackoff),
                Set.copyOf(settings.get(RetrySpec::on)),
                Set.copyOf(settings.get(RetrySpec::methods)),
                Math.toIntExact(settings.get(RetrySpec::maxReplayBody).bytes()));
    }
}
