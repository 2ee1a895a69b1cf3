package dev.pintle.lint;

import dev.pintle.config.DocumentCache;
import dev.pintle.config.EntityKind;
import dev.pintle.history.ConfigurationDocuments;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.SettingLayers;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.IntSupplier;

/** Applies the rules to routes. Safe for all threads. */
public final class Linter {
    private final DocumentCache reader;
    private final SettingLayers layers;
    private final IntSupplier nodes;

    /**
     * @param reader reads the documents
     * @param nodes how many nodes are alive
     */
    public Linter(DocumentCache reader, IntSupplier nodes) {
        this.reader = reader;
        this.layers = SettingLayers.of(reader.schema());
        this.nodes = nodes;
    }

    /** The findings about all routes. */
    public List<Finding> all(ConfigurationDocuments documents) {
        LintedConfiguration all = configuration(documents);
        Report report = new Report();
        all.ids().forEach(id -> all.route(id).ifPresent(route -> check(route, all, report)));
        documents
                .entities()
                .getOrDefault(EntityKind.IDENTITY_PROVIDER, Collections.emptySortedMap())
                .forEach((id, provider) -> NoAudience.check(id, provider, report));
        return report.findings();
    }

    /**
     * The findings about the documents that changes leave, and about routes that these documents affect.
     *
     * @param before the configuration before the changes
     */
    public List<Finding> changed(ConfigurationDocuments before, List<DocumentDelta> changes) {
        LintedConfiguration all = configuration(
                before.before(changes.stream().map(DocumentDelta::reversed).toList()));
        Report report = new Report();
        boolean ofDefaults = changes.stream().anyMatch(change -> change.isDefaults() && !change.isEmpty());
        Collection<String> ids = ofDefaults
                ? all.ids()
                : changes.stream()
                        .filter(DocumentDelta::isRoute)
                        .map(DocumentDelta::id)
                        .toList();
        ids.forEach(id -> all.route(id).ifPresent(route -> {
            check(route, all, report);
            checkDependents(route, all, report);
        }));
        for (DocumentDelta change : changes) {
            if (change.kind().equals(EntityKind.IDENTITY_PROVIDER.word()) && change.after() != null) {
                NoAudience.check(change.id(), change.after(), report);
            }
        }
        if (ofDefaults) {
            DefaultsReachMany.check(before, changes, layers, report);
        }
        return report.findings();
    }

    private LintedConfiguration configuration(ConfigurationDocuments documents) {
        return new LintedConfiguration(reader, documents, nodes.getAsInt());
    }

    private static void check(LintedRoute route, LintedConfiguration all, Report report) {
        LintRules.OF_ROUTES.forEach(rule -> rule.check(route, all, report));
    }

    private static void checkDependents(LintedRoute route, LintedConfiguration all, Report report) {
        for (RouteRule rule : LintRules.OF_ROUTES) {
            rule.dependents(route, all).forEach(dependent -> rule.check(dependent, all, report));
        }
    }
}
