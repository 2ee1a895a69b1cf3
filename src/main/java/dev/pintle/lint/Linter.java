package dev.pintle.lint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.EntityKind;
import dev.pintle.history.ConfigurationDocuments;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.SettingLayers;
import java.util.Collection;
import java.util.List;

/** Applies the rules to routes. Safe for all threads. */
public final class Linter {
    private final DocumentCache reader;
    private final SettingLayers layers;
    private final NodeFacts node;
    private final RoutesByPath routes = new RoutesByPath();

    /** @param reader reads the documents */
    public Linter(DocumentCache reader, NodeFacts node) {
        this.reader = reader;
        this.layers = SettingLayers.of(reader.schema());
        this.node = node;
    }

    /** The findings about all routes. */
    public synchronized List<Finding> all(Configuration configuration) {
        routes.replace(configuration.routes());
        LintedConfiguration all = linted(configuration.defaults().json());
        Report report = new Report();
        all.ids().forEach(id -> all.route(id).ifPresent(route -> check(route, all, report)));
        configuration
                .entities(EntityKind.IDENTITY_PROVIDER)
                .forEach((id, provider) -> NoAudience.check(id, provider.json(), report));
        return report.findings();
    }

    /**
     * The findings about the documents that changes leave, and about routes that these documents affect.
     *
     * @param before the configuration before the changes
     */
    public synchronized List<Finding> changed(Configuration before, List<DocumentDelta> changes) {
        LintedConfiguration all = after(before, changes);
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
            DefaultsReachMany.check(ConfigurationDocuments.of(before), changes, layers, report);
        }
        return report.findings();
    }

    private LintedConfiguration after(Configuration before, List<DocumentDelta> changes) {
        routes.replace(before.routes());
        JsonNode defaults = before.defaults().json();
        for (DocumentDelta change : changes) {
            if (change.isRoute()) {
                routes.put(change.id(), change.after());
            } else if (change.isDefaults() && change.after() != null) {
                defaults = change.after();
            }
        }
        return linted(defaults);
    }

    private LintedConfiguration linted(JsonNode defaults) {
        return new LintedConfiguration(reader, routes, defaults, node);
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
