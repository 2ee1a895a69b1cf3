package dev.pintle.lint;

import dev.pintle.config.Settings;
import dev.pintle.policy.retry.RetrySpec;
import dev.pintle.policy.retry.RetryType;
import java.util.List;
import java.util.Set;

/** Finds retries that can repeat an effect of a request. */
final class RetryUnsafe implements RouteRule {
    private static final Rule RULE = new Rule(
            "retry-unsafe",
            Severity.WARNING,
            "`retry.methods` has a method that is not idempotent, such as `POST`, and `retry.on` has more than `connect`,"
                    + " or `retry.on` has a status of gRPC: the upstream may have processed the request that is repeated.",
            "Remove the method or the status, or accept the finding if the upstream recognizes repeated requests.");

    /** RFC 9110 section 9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    /** A failure before the upstream received anything. */
    private static final String CONNECT = "connect";

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        Settings<RetrySpec> retry = route.settings().of(RetryType.TYPE);
        List<String> unsafe = retry.get(RetrySpec::methods).stream()
                .filter(method -> !IDEMPOTENT.contains(method))
                .filter(method -> canHave(route, method))
                .toList();
        boolean repeats = retry.get(RetrySpec::on).stream().anyMatch(failure -> !failure.equals(CONNECT));
        List<String> calls = retry.get(RetrySpec::on).stream()
                .filter(failure -> failure.startsWith("grpc:"))
                .toList();
        if (retry.get(RetrySpec::max) > 0 && !calls.isEmpty()) {
            report.add(
                    RULE,
                    route,
                    "/retry/on",
                    "Retries repeat gRPC calls after " + String.join(", ", calls) + LintedRoute.origin(retry, "on")
                            + "; the upstream can process one call several times.");
        }
        if (retry.get(RetrySpec::max) > 0 && repeats && !unsafe.isEmpty()) {
            report.add(
                    RULE,
                    route,
                    "/retry/methods",
                    "Retries repeat " + String.join(", ", unsafe) + LintedRoute.origin(retry, "methods")
                            + "; the upstream can process one request several times.");
        }
    }

    private static boolean canHave(LintedRoute route, String method) {
        List<String> methods = route.match().methods();
        return methods == null || methods.contains(method);
    }
}
