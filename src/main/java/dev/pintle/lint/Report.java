package dev.pintle.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects findings, without those that their route accepts. Used by one thread. */
final class Report {
    private final Set<Finding> findings = new HashSet<>();

    void add(Rule rule, LintedRoute route, String pointer, String message) {
        if (!route.accepts(rule)) {
            findings.add(new Finding(rule, route.id(), pointer, message));
        }
    }

    /** Adds a finding about another document, which no route can accept. */
    void addWithoutRoute(Rule rule, String pointer, String message) {
        findings.add(new Finding(rule, null, pointer, message));
    }

    /** By route, pointer and rule. */
    List<Finding> findings() {
        return findings.stream().sorted(Finding.ORDER).toList();
    }
}
