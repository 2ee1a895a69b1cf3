package dev.pintle.routing.table;

import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentDiff;
import dev.pintle.config.VersionedDocument;
import java.util.Set;
import java.util.TreeSet;

/** Compares two configurations. */
final class ConfigurationDiff {
    private ConfigurationDiff() {}

    /** Returns the ids of the routes that were added, removed or changed. Changed defaults change every route. */
    static Set<String> between(Configuration before, Configuration after) {
        if (before.defaults().equals(after.defaults())) {
            return DocumentDiff.between(before.routes(), after.routes(), VersionedDocument::equals);
        }
        Set<String> changed = new TreeSet<>(before.routes().keySet());
        changed.addAll(after.routes().keySet());
        return changed;
    }
}
