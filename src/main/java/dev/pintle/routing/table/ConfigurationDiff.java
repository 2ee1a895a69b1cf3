package dev.pintle.routing.table;

import dev.pintle.config.Configuration;
import dev.pintle.config.VersionedDocument;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares two configurations. */
final class ConfigurationDiff {
    private ConfigurationDiff() {}

    /** Returns the ids of the routes that were added, removed or changed. Changed defaults change every route. */
    static Set<String> between(Configuration before, Configuration after) {
        Set<String> changed = new TreeSet<>();
        if (before.defaults().equals(after.defaults())) {
            addDifferent(before.routes(), after.routes(), changed);
        } else {
            changed.addAll(before.routes().keySet());
            changed.addAll(after.routes().keySet());
        }
        return changed;
    }

    /** Merges both maps in the order of the ids. */
    private static void addDifferent(
            SortedMap<String, VersionedDocument> before,
            SortedMap<String, VersionedDocument> after,
            Set<String> changed) {
        Iterator<Map.Entry<String, VersionedDocument>> old = before.entrySet().iterator();
        Map.Entry<String, VersionedDocument> known = next(old);
        for (Map.Entry<String, VersionedDocument> route : after.entrySet()) {
            for (; known != null && known.getKey().compareTo(route.getKey()) < 0; known = next(old)) {
                changed.add(known.getKey());
            }
            if (!route.equals(known)) {
                changed.add(route.getKey());
            }
            if (known != null && known.getKey().equals(route.getKey())) {
                known = next(old);
            }
        }
        for (; known != null; known = next(old)) {
            changed.add(known.getKey());
        }
    }

    private static Map.@Nullable Entry<String, VersionedDocument> next(
            Iterator<Map.Entry<String, VersionedDocument>> entries) {
        return entries.hasNext() ? entries.next() : null;
    }
}
