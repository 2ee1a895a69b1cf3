package dev.pintle.lint;

import dev.pintle.config.LayeredSettings;
import dev.pintle.config.LintSpec;
import dev.pintle.config.MatchSpec;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.Settings;
import dev.pintle.config.Specs;
import java.util.Map;
import java.util.Objects;

/**
 * An enabled route as rules see it.
 *
 * @param settings the values that apply to the route
 * @param accepted the reasons for accepted findings, by the code of the rule
 */
record LintedRoute(String id, MatchSpec match, LayeredSettings settings, Map<String, String> accepted) {
    static LintedRoute of(RouteDocument document, Specs defaults) {
        LintSpec lint = document.spec().lint();
        Map<String, String> accepted = lint == null ? null : lint.accept();
        return new LintedRoute(
                document.id(),
                document.match(),
                new LayeredSettings(document.settings(), defaults),
                Objects.requireNonNullElse(accepted, Map.of()));
    }

    boolean accepts(Rule rule) {
        return accepted.containsKey(rule.code());
    }

    /** The origin of a value as an addition to the value; empty when the route gives it. */
    static String origin(Settings<?> settings, String component) {
        return switch (settings.origins().get(component)) {
            case DEFAULTS -> " (from the defaults)";
            case BUILT_IN -> " (built in)";
            case ROUTE -> "";
            case null -> "";
        };
    }
}
