package dev.pintle.lint;

import dev.pintle.history.ConfigurationComparison;
import dev.pintle.history.ConfigurationDocuments;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.EffectiveChange;
import dev.pintle.history.SettingLayers;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds edits of the defaults that change many routes at once. */
final class DefaultsReachMany {
    static final Rule RULE = new Rule(
            "defaults-reach-many",
            Severity.NOTICE,
            "An edit of the defaults changes the effective settings of 10 routes or more. Only writes and dry runs report it.",
            "Compare the effective changes in a dry run, and write with Pintle-Confirm.");

    private static final int MANY = 10;

    private DefaultsReachMany() {}

    static void check(ConfigurationDocuments before, List<DocumentDelta> changes, SettingLayers layers, Report report) {
        Set<String> written = changes.stream()
                .filter(DocumentDelta::isRoute)
                .map(DocumentDelta::id)
                .collect(Collectors.toSet());
        List<EffectiveChange> reached = ConfigurationComparison.of(before, changes, layers).effective().stream()
                .filter(change -> !written.contains(change.route()))
                .toList();
        SortedSet<String> routes = new TreeSet<>();
        SortedSet<String> pointers = new TreeSet<>();
        reached.forEach(change -> {
            routes.add(change.route());
            pointers.add(change.pointer());
        });
        if (routes.size() >= MANY) {
            report.addWithoutRoute(
                    RULE, "", "The edit changes " + String.join(", ", pointers) + " of " + routes.size() + " routes.");
        }
    }
}
