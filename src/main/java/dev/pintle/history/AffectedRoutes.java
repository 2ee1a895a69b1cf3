package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.VersionedDocument;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the routes whose requests a change affects. */
public final class AffectedRoutes {
    /** The keys of a route that no request depends on. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("description", "owner", "lint");

    private AffectedRoutes() {}

    /** The routes that are new, or have other documents or other effective settings than before. */
    public static SortedSet<String> between(Configuration before, Configuration after, SettingLayers layers) {
        SortedSet<String> affected = new TreeSet<>();
        after.routes().forEach((id, route) -> {
            if (!Objects.equals(relevant(route), relevant(before.routes().get(id)))) {
                affected.add(id);
            }
        });
        DocumentDelta defaults = new DocumentDelta(
                DocumentDelta.DEFAULTS,
                DocumentDelta.DEFAULTS,
                before.defaults().json(),
                after.defaults().json());
        ConfigurationComparison.of(ConfigurationDocuments.of(before), List.of(defaults), layers)
                .effective()
                .forEach(change -> affected.add(change.route()));
        return affected;
    }

    private static @Nullable JsonNode relevant(@Nullable VersionedDocument route) {
        return route == null ? null : route.json().deepCopy().remove(WITHOUT_EFFECT);
    }
}
