package dev.pintle.config;

import dev.pintle.http.HttpToken;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The rules of {@code match} that annotations cannot express. */
final class MatchRules {

    private MatchRules() {}

    /** Reports violations with pointers relative to {@code match}. */
    static void validate(MatchSpec match, Violations violations) {
        if (match.path() != null) {
            path(match.path(), Boolean.TRUE.equals(match.exact()), violations);
        }
        // A value of a wrong type is absent here and has its violation.
        boolean isReported = violations.has("/path") || violations.has("/template");
        if (match.path() == null && match.template() == null && !isReported) {
            violations.add("/path", "is missing; write the path that the route matches, or / for all");
        }
        if (match.template() != null) {
            template(match, violations);
        }
        if (match.headers() != null) {
            headers(match.headers().keySet(), violations);
        }
    }

    private static void path(String path, boolean exact, Violations violations) {
        if (PathSyntax.RESERVED.contains(path)) {
            violations.add("/path", "is reserved for the gateway; choose another path than " + path);
        }
        if (!exact && PathSyntax.fault(path, true).isEmpty()) {
            PathSyntax.fault(path, false).ifPresent(fault -> violations.add("/path", fault));
        }
    }

    private static void template(MatchSpec match, Violations violations) {
        if (match.path() != null) {
            violations.add("/template", "must not stand beside path; a match has one of them");
        }
        if (match.exact() != null) {
            violations.add("/exact", "applies only to path; a template without {name...} is exact");
        }
    }

    private static void headers(Set<String> names, Violations violations) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            String pointer = JsonPointers.child("/headers", name);
            if ("host".equalsIgnoreCase(name)) {
                violations.add(pointer, "cannot be matched as a header; use /match/hosts");
            } else if (!HttpToken.matches(name)) {
                violations.add(pointer, "is not a header name; write a name such as X-Beta");
            } else if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                violations.add("/headers", "must not name a header twice; header names are case-insensitive: " + name);
            }
        }
    }
}
