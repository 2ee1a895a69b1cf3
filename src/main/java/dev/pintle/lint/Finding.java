package dev.pintle.lint;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A route that a rule applies to.
 *
 * @param route the id of the route; null for a finding about the defaults or an identity provider
 * @param pointer to the setting, as a JSON pointer into the document
 */
public record Finding(Rule rule, @Nullable String route, String pointer, String message) {
    static final Comparator<Finding> ORDER = Comparator.<Finding, String>comparing(
                    finding -> finding.route() == null ? "" : finding.route())
            .thenComparing(Finding::pointer)
            .thenComparing(finding -> finding.rule().code());

    /** Whether a strict write is refused. */
    public boolean isWarning() {
        return rule.severity() == Severity.WARNING;
    }
}
