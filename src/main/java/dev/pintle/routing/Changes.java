package dev.pintle.routing;

import dev.pintle.route.Configuration;
import dev.pintle.route.Stored;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differs between two configurations. */
final class Changes {
    private Changes() {}

    /** The ids of the routes that were added, removed or changed; other defaults change every route. */
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

    /** Walks both in the order of the ids. */
    private static void addDifferent(
            SortedMap<String, Stored> before, SortedMap<String, Stored> after, Set<String> changed) {
        Iterator<Map.Entry<String, Stored>> old = before.entrySet().iterator();
        Map.Entry<String, Stored> known = next(old);
        for (Map.Entry<String, Stored> route : after.entrySet()) {
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

    private static Map.@Nullable Entry<String, Stored> next(Iterator<Map.Entry<String, Stored>> entries) {
        return entries.hasNext() ? entries.next() : null;
    }
}
