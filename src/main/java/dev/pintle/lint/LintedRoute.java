package dev.pintle.lint;

import dev.pintle.config.LayeredSettings;
import dev.pintle.config.LintSpec;
import dev.pintle.config.MatchSpec;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.Settings;
import dev.pintle.config.Specs;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

    /** The path or the template. */
    String path() {
        return match.pattern();
    }

    /** Whether the route matches all paths below its own. */
    boolean isPrefix() {
        return match.path() != null && !Boolean.TRUE.equals(match.exact());
    }

    /** Whether a request can have a host that both routes match. A wildcard counts as the same host only by its text. */
    boolean sharesHost(LintedRoute other) {
        return overlaps(match.hosts(), other.match.hosts());
    }

    /** Whether a request can have a method that both routes match. */
    boolean sharesMethod(LintedRoute other) {
        return overlaps(match.methods(), other.match.methods());
    }

    private static boolean overlaps(@Nullable List<String> some, @Nullable List<String> others) {
        return some == null
                || others == null
                || some.stream().anyMatch(one -> others.stream().anyMatch(one::equalsIgnoreCase));
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
