package dev.pintle.lint;

import java.util.List;
import java.util.stream.Stream;

/** All rules. A new rule is a class and a line here. */
public final class LintRules {
    static final List<RouteRule> OF_ROUTES = List.of(
            new Shadowed(),
            new LessProtectedBelow(),
            new LessProtectedSlash(),
            new RetryCannotFit(),
            new RetryUnsafe(),
            new LimitBelowNodes(),
            new LimitForgeable(),
            new LimitWithoutIdentity(),
            new AnyOrigin(),
            new OpenRedirect(),
            new KeyInQuery(),
            new CertificatesNotRequested(),
            new SharedDecision(),
            new ClearTextUpstream());

    private LintRules() {}

    /** The descriptions of all rules. */
    public static List<Rule> all() {
        return Stream.concat(
                        OF_ROUTES.stream().map(RouteRule::rule), Stream.of(NoAudience.RULE, DefaultsReachMany.RULE))
                .toList();
    }
}
