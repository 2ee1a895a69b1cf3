package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.EntityKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The documents of a configuration. They may violate rules of later versions. An unreadable document is represented by
 * its text.
 *
 * @param routes by id
 * @param entities the documents that routes refer to, by kind and id
 */
public record ConfigurationDocuments(
        JsonNode defaults, SortedMap<String, JsonNode> routes, Map<EntityKind, SortedMap<String, JsonNode>> entities) {
    public ConfigurationDocuments {
        routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
        entities = copy(entities);
    }

    /** Documents without consumers and identity providers. */
    public ConfigurationDocuments(JsonNode defaults, SortedMap<String, JsonNode> routes) {
        this(defaults, routes, Map.of());
    }

    private static Map<EntityKind, SortedMap<String, JsonNode>> copy(
            Map<EntityKind, SortedMap<String, JsonNode>> entities) {
        Map<EntityKind, SortedMap<String, JsonNode>> copy = new EnumMap<>(EntityKind.class);
        for (EntityKind kind : EntityKind.values()) {
            copy.put(kind, new TreeMap<>(entities.getOrDefault(kind, Collections.emptySortedMap())));
        }
        return copy;
    }

    /** The readable documents of a configuration. */
    public static ConfigurationDocuments of(Configuration configuration) {
        SortedMap<String, JsonNode> routes = new TreeMap<>();
        configuration.routes().forEach((id, stored) -> routes.put(id, stored.json()));
        Map<EntityKind, SortedMap<String, JsonNode>> entities = new EnumMap<>(EntityKind.class);
        configuration.entities().forEach((kind, stored) -> {
            SortedMap<String, JsonNode> documents = new TreeMap<>();
            stored.forEach((id, document) -> documents.put(id, document.json()));
            entities.put(kind, documents);
        });
        return new ConfigurationDocuments(configuration.defaults().json(), routes, entities);
    }

    /** Returns the documents before the given changes. */
    public ConfigurationDocuments before(List<DocumentDelta> changes) {
        JsonNode earlierDefaults = defaults;
        SortedMap<String, JsonNode> earlier = new TreeMap<>(routes);
        Map<EntityKind, SortedMap<String, JsonNode>> earlierEntities = copy(entities);
        for (DocumentDelta change : changes) {
            if (change.isDefaults()) {
                earlierDefaults = change.before() == null ? earlierDefaults : change.before();
            } else if (change.isRoute()) {
                undo(change, earlier);
            } else {
                EntityKind.of(change.kind())
                        .ifPresent(kind -> undo(change, Objects.requireNonNull(earlierEntities.get(kind))));
            }
        }
        return new ConfigurationDocuments(earlierDefaults, earlier, earlierEntities);
    }

    private static void undo(DocumentDelta change, SortedMap<String, JsonNode> documents) {
        if (change.before() == null) {
            documents.remove(change.id());
        } else {
            documents.put(change.id(), change.before());
        }
    }
}
