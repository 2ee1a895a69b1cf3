package dev.pintle.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Every rule that routes and defaults must keep beyond their form, so that all faults are found at once. */
final class RouteValidator {
    static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern KEYED = Pattern.compile("(client|(header|cookie):[!#$%&'*+.^_`|~0-9A-Za-z-]+)");
    private static final Pattern PROBE = Pattern.compile("/[!-\"$-~]*");
    private static final Pattern RETRY_ON = Pattern.compile("connect|reset|timeout|429|5[0-9][0-9]");
    private static final Pattern LIMIT_KEY = Pattern.compile("route|client|header:[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Set<String> BALANCING = Set.of("round-robin", "least-requests", "consistent-hash");
    private static final Set<String> WHEN_REDIS_IS_AWAY = Set.of("split", "allow", "deny");
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_TARGETS = 256;
    private static final int BILLION = 1_000_000_000;

    private final ViolationCollector faults;

    private RouteValidator(ViolationCollector faults) {
        this.faults = faults;
    }

    /** The faults of a route, besides those of form that were found before. */
    static List<Violation> check(RouteSpec route, List<Violation> formFaults) {
        RouteValidator rules = new RouteValidator(new ViolationCollector(formFaults));
        rules.identity(route);
        rules.match(route.match());
        rules.upstream(route.upstream());
        rules.policies(route);
        return rules.faults.found();
    }

    /** The faults of the defaults, besides those of form that were found before. */
    static List<Violation> check(DefaultsSpec defaults, List<Violation> formFaults) {
        RouteValidator rules = new RouteValidator(new ViolationCollector(formFaults));
        rules.policies(defaults);
        return rules.faults.found();
    }

    private void identity(RouteSpec route) {
        faults.required("/id", route.id(), "is missing; give the route a name");
        faults.matches(
                "/id",
                route.id(),
                ID,
                "1 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit");
        if (route.id() != null && RouteIds.RESERVED.contains(route.id())) {
            faults.add("/id", "is a word of the admin API; choose another than " + route.id());
        }
        if (route.description() != null && route.description().length() > 1_000) {
            faults.add("/description", "must be at most 1000 characters long");
        }
    }

    private void match(@Nullable MatchSpec match) {
        if (match == null) {
            faults.required("/match", match, "is missing; say which requests the route takes: {\"path\": \"/users\"}");
            return;
        }
        faults.required("/match/path", match.path(), "is missing; write the path that the route takes, or / for all");
        path("/match/path", match.path(), Boolean.TRUE.equals(match.exact()));
        if (match.path() != null && PathSyntax.RESERVED.contains(match.path())) {
            faults.add("/match/path", "is answered by the gateway itself; choose another than " + match.path());
        }
        faults.notEmpty("/match/hosts", match.hosts());
        eachOnce("/match/hosts", match.hosts(), this::host);
        faults.notEmpty("/match/methods", match.methods());
        eachOnce("/match/methods", match.methods(), this::method);
        headers(Objects.requireNonNullElse(match.headers(), Map.<String, String>of())
                .keySet());
    }

    private void path(String pointer, @Nullable String path, boolean exact) {
        if (path != null) {
            PathSyntax.fault(path, exact).ifPresent(message -> faults.add(pointer, message));
        }
    }

    private void headers(Set<String> names) {
        for (String name : names) {
            String pointer = JsonPointers.child("/match/headers", name);
            if ("host".equalsIgnoreCase(name)) {
                faults.add(pointer, "cannot be matched here; use /match/hosts");
            } else if (!TOKEN.matcher(name).matches()) {
                faults.add(pointer, "is a name that no header can have");
            }
        }
        faults.distinct(
                "/match/headers",
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
    }

    private void host(String pointer, String host) {
        HostSyntax.fault(host).ifPresent(message -> faults.add(pointer, message));
    }

    private void method(String pointer, String method) {
        faults.matches(pointer, method, TOKEN, "a method such as GET");
        if (!method.equals(method.toUpperCase(Locale.ROOT))) {
            faults.add(
                    pointer, "must be in upper case, as methods are case-sensitive; it is " + Truncated.quoted(method));
        }
    }

    private void upstream(@Nullable UpstreamSpec upstream) {
        if (upstream == null) {
            faults.required(
                    "/upstream",
                    upstream,
                    "is missing; say where requests go: {\"targets\": [{\"url\": \"http://localhost:5001\"}]}");
            return;
        }
        targets(upstream.targets());
        faults.oneOf("/upstream/loadBalancing", upstream.loadBalancing(), BALANCING);
        boolean hashes = "consistent-hash".equals(upstream.loadBalancing());
        if (hashes != (upstream.hashKey() != null)) {
            faults.add(
                    "/upstream/hashKey",
                    hashes
                            ? "is missing; consistent-hash needs client, header:NAME or cookie:NAME"
                            : "has a meaning only with \"loadBalancing\": \"consistent-hash\"");
        }
        faults.matches("/upstream/hashKey", upstream.hashKey(), KEYED, "client, header:NAME or cookie:NAME");
        TlsValidator.check(upstream.tls(), upstream.targets(), faults);
        healthCheck(upstream.healthCheck());
        ejection(upstream.outlierDetection());
    }

    private void targets(@Nullable List<TargetSpec> targets) {
        faults.required(
                "/upstream/targets", targets, "is missing; name at least one: [{\"url\": \"http://host:port\"}]");
        List<TargetSpec> present = Objects.requireNonNullElse(targets, List.of());
        if (targets != null && (present.isEmpty() || present.size() > MOST_TARGETS)) {
            faults.add("/upstream/targets", "must name 1 to " + MOST_TARGETS + " targets; it names " + present.size());
        }
        each("/upstream/targets", present, this::target);
        faults.distinct(
                "/upstream/targets",
                present.stream()
                        .filter(Objects::nonNull)
                        .map(TargetSpec::url)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private void target(String pointer, TargetSpec target) {
        faults.required(pointer + "/url", target.url(), "is missing; write http://host:port");
        TargetUrl.fault(target.url()).ifPresent(message -> faults.add(pointer + "/url", message));
        faults.between(pointer + "/weight", target.weight(), 1, 1_000);
    }

    private void healthCheck(@Nullable HealthCheckSpec check) {
        if (check != null) {
            faults.matches(
                    "/upstream/healthCheck/path", check.path(), PROBE, "a path such as /healthz, perhaps with a query");
            faults.between("/upstream/healthCheck/interval", check.interval(), Duration.ofMillis(100), DAY);
            faults.between("/upstream/healthCheck/timeout", check.timeout(), MILLISECOND, Duration.ofMinutes(1));
            faults.between("/upstream/healthCheck/unhealthyAfter", check.unhealthyAfter(), 1, 100);
            faults.between("/upstream/healthCheck/healthyAfter", check.healthyAfter(), 1, 100);
        }
    }

    private void ejection(@Nullable OutlierDetectionSpec ejection) {
        if (ejection != null) {
            faults.between("/upstream/outlierDetection/consecutiveFailures", ejection.consecutiveFailures(), 1, 1_000);
            faults.between("/upstream/outlierDetection/ejectionTime", ejection.ejectionTime(), MILLISECOND, DAY);
            faults.between("/upstream/outlierDetection/maxEjectionPercent", ejection.maxEjectionPercent(), 0, 100);
        }
    }

    private void policies(PolicySpecs specs) {
        RewriteSpec rewrite = specs.rewrite();
        if (rewrite != null) {
            path("/rewrite/prefix", rewrite.prefix(), false);
        }
        timeout(specs.timeout());
        retry(specs.retry());
        CircuitBreakerSpec breaker = specs.circuitBreaker();
        if (breaker != null) {
            faults.between("/circuitBreaker/consecutiveFailures", breaker.consecutiveFailures(), 1, 1_000);
            faults.between("/circuitBreaker/cooldown", breaker.cooldown(), MILLISECOND, DAY);
            faults.between("/circuitBreaker/halfOpenRequests", breaker.halfOpenRequests(), 1, 100);
        }
        if (specs.concurrency() != null) {
            faults.between("/concurrency/maxInFlight", specs.concurrency().maxInFlight(), 1, 1_000_000);
        }
        rateLimit(specs.rateLimit());
        faults.atMost("/maxRequestBody", specs.maxRequestBody(), new DataSize(1L << 50));
    }

    private void timeout(@Nullable TimeoutSpec timeout) {
        if (timeout != null) {
            faults.between("/timeout/connect", timeout.connect(), MILLISECOND, Duration.ofMinutes(5));
            faults.between("/timeout/attempt", timeout.attempt(), MILLISECOND, DAY);
            faults.between("/timeout/total", timeout.total(), MILLISECOND, DAY);
            faults.between("/timeout/idle", timeout.idle(), MILLISECOND, DAY);
            faults.notAbove("/timeout/attempt", timeout.attempt(), "/timeout/total", timeout.total());
        }
    }

    private void retry(@Nullable RetrySpec retry) {
        if (retry != null) {
            faults.between("/retry/max", retry.max(), 0, 10);
            faults.between("/retry/backoff", retry.backoff(), Duration.ZERO, Duration.ofMinutes(1));
            faults.between("/retry/maxBackoff", retry.maxBackoff(), Duration.ZERO, Duration.ofMinutes(5));
            faults.notAbove("/retry/backoff", retry.backoff(), "/retry/maxBackoff", retry.maxBackoff());
            eachOnce(
                    "/retry/on",
                    retry.on(),
                    (pointer, on) ->
                            faults.matches(pointer, on, RETRY_ON, "connect, reset, timeout, \"429\" or \"5xx\""));
            eachOnce("/retry/methods", retry.methods(), this::method);
            faults.atMost("/retry/maxReplayBody", retry.maxReplayBody(), new DataSize(16L << 20));
            faults.between("/retry/budgetPercent", retry.budgetPercent(), 0, 100);
        }
    }

    private void rateLimit(@Nullable RateLimitSpec limit) {
        if (limit != null) {
            faults.between("/rateLimit/requests", limit.requests(), 1, BILLION);
            faults.between("/rateLimit/per", limit.per(), MILLISECOND, Duration.ofDays(366));
            faults.between("/rateLimit/burst", limit.burst(), 1, BILLION);
            faults.matches("/rateLimit/key", limit.key(), LIMIT_KEY, "route, client or header:NAME");
            faults.oneOf("/rateLimit/onRedisFailure", limit.onRedisFailure(), WHEN_REDIS_IS_AWAY);
        }
    }

    private interface Rule<T> {
        void check(String pointer, T value);
    }

    private void eachOnce(String pointer, @Nullable List<String> values, Rule<String> rule) {
        List<String> present = Objects.requireNonNullElse(values, List.of());
        each(pointer, present, rule);
        faults.distinct(pointer, present);
    }

    /** Elements that could not be read are null, and were reported. */
    private static <T> void each(String pointer, List<T> values, Rule<T> rule) {
        for (int i = 0; i < values.size(); i++) {
            T value = values.get(i);
            if (value != null) {
                rule.check(pointer + '/' + i, value);
            }
        }
    }
}
