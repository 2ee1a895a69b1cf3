package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentDiff;
import dev.pintle.config.EntityKind;
import dev.pintle.config.VersionedDocument;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the routes whose requests a change affects. */
public final class AffectedRoutes {
    /** The keys of a document that no request depends on. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("description", "owner", "lint");

    /** The pointer of the methods of authentication. */
    private static final String METHODS = "/authentication/anyOf";

    /** The start of a method that verifies the tokens of an identity provider. */
    private static final String TOKENS_OF = "jwt:";

    private AffectedRoutes() {}

    /**
     * The routes that are new, have other documents or other effective settings than before, or verify credentials with a
     * consumer or identity provider that changed.
     */
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
        addAuthenticated(before, after, layers, affected);
        return affected;
    }

    /** Adds the routes that verify the credentials of a changed consumer, or the tokens of a changed identity provider. */
    private static void addAuthenticated(
            Configuration before, Configuration after, SettingLayers layers, SortedSet<String> affected) {
        boolean hasConsumers = !changed(EntityKind.CONSUMER, before, after).isEmpty();
        Set<String> methods = changed(EntityKind.IDENTITY_PROVIDER, before, after).stream()
                .map(TOKENS_OF::concat)
                .collect(Collectors.toSet());
        if (hasConsumers || !methods.isEmpty()) {
            JsonNode defaults = after.defaults().json();
            after.routes().forEach((id, route) -> {
                SettingLayers.Setting setting =
                        layers.resolve(route.json(), defaults).get(METHODS);
                // Every method can find any consumer: a token names one in a claim.
                if (setting != null && (hasConsumers || names(setting.value(), methods))) {
                    affected.add(id);
                }
            });
        }
    }

    private static boolean names(JsonNode list, Set<String> methods) {
        return list.valueStream().anyMatch(method -> methods.contains(method.asText()));
    }

    private static Set<String> changed(EntityKind kind, Configuration before, Configuration after) {
        return DocumentDiff.between(
                before.entities(kind),
                after.entities(kind),
                (one, other) -> Objects.equals(relevant(one), relevant(other)));
    }

    private static @Nullable JsonNode relevant(@Nullable VersionedDocument document) {
        return document == null ? null : document.json().deepCopy().remove(WITHOUT_EFFECT);
    }
}
