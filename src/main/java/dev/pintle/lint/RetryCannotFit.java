package dev.pintle.lint;

import dev.pintle.config.Durations;
import dev.pintle.config.Origin;
import dev.pintle.config.Settings;
import dev.pintle.policy.retry.RetrySpec;
import dev.pintle.policy.retry.RetryType;
import dev.pintle.policy.timeout.TimeoutSpec;
import dev.pintle.policy.timeout.TimeoutType;
import java.time.Duration;
import java.util.stream.Stream;

/** Finds retries after a timeout that the total time excludes. */
final class RetryCannotFit implements RouteRule {
    private static final Rule RULE = new Rule(
            "retry-cannot-fit",
            Severity.WARNING,
            "`retry.on` has `timeout`, but `timeout.total` is over before the last of `retry.max` retries can begin when"
                    + " each attempt takes `timeout.attempt`. One of the three is not the built-in value.",
            "Shorten `timeout.attempt`, extend `timeout.total`, or lower `retry.max`.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        Settings<RetrySpec> retry = route.settings().of(RetryType.TYPE);
        Settings<TimeoutSpec> timeout = route.settings().of(TimeoutType.TYPE);
        Duration attempt = timeout.get(TimeoutSpec::attempt);
        Duration total = timeout.get(TimeoutSpec::total);
        int max = retry.get(RetrySpec::max);
        if (max > 0
                && isChosen(retry, timeout)
                && retry.get(RetrySpec::on).contains("timeout")
                && attempt.multipliedBy(max).compareTo(total) >= 0) {
            long fitting = Math.max(0, total.minusNanos(1).dividedBy(attempt));
            report.add(
                    RULE,
                    route,
                    "/timeout/total",
                    "The total of " + Durations.format(total) + LintedRoute.origin(timeout, "total")
                            + " leaves time for "
                            + fitting + " of " + max + " retries when attempts take " + Durations.format(attempt)
                            + LintedRoute.origin(timeout, "attempt") + '.');
        }
    }

    /** Whether an operator chose one of the values that the total contradicts. */
    private static boolean isChosen(Settings<RetrySpec> retry, Settings<TimeoutSpec> timeout) {
        return Stream.of(
                        retry.origins().get("max"),
                        retry.origins().get("on"),
                        timeout.origins().get("attempt"))
                .anyMatch(origin -> origin != Origin.BUILT_IN);
    }
}
