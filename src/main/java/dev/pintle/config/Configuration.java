package dev.pintle.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The stored configuration at one revision. Immutable.
 *
 * @param defaults empty when the stored ones are unreadable
 * @param routes by id, without the unreadable ones
 * @param entities the documents that routes refer to, by kind and id, without the unreadable ones
 * @param unreadable the stored documents that cannot be read
 */
public record Configuration(
        long revision,
        VersionedDocument defaults,
        SortedMap<String, VersionedDocument> routes,
        Map<EntityKind, SortedMap<String, VersionedDocument>> entities,
        List<UnreadableDocument> unreadable) {
    /** The configuration before the first write. */
    public static final Configuration EMPTY =
            new Configuration(0, new VersionedDocument(0, JsonNodeFactory.instance.objectNode()), new TreeMap<>());

    public Configuration {
        routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
        Map<EntityKind, SortedMap<String, VersionedDocument>> all = new EnumMap<>(EntityKind.class);
        for (EntityKind kind : EntityKind.values()) {
            SortedMap<String, VersionedDocument> given = entities.get(kind);
            all.put(kind, Collections.unmodifiableSortedMap(given == null ? new TreeMap<>() : new TreeMap<>(given)));
        }
        entities = Collections.unmodifiableMap(all);
        unreadable = List.copyOf(unreadable);
    }

    /** A configuration without consumers and identity providers. */
    public Configuration(
            long revision,
            VersionedDocument defaults,
            SortedMap<String, VersionedDocument> routes,
            List<UnreadableDocument> unreadable) {
        this(revision, defaults, routes, Map.of(), unreadable);
    }

    /** A configuration whose documents are all readable. */
    public Configuration(long revision, VersionedDocument defaults, SortedMap<String, VersionedDocument> routes) {
        this(revision, defaults, routes, Map.of(), List.of());
    }

    /** The documents of one kind, by id. */
    public SortedMap<String, VersionedDocument> entities(EntityKind kind) {
        return Objects.requireNonNull(entities.get(kind));
    }

    /** The ids of all stored documents of one kind, readable or not. */
    public NavigableSet<String> entityIds(EntityKind kind) {
        NavigableSet<String> ids = new TreeSet<>(entities(kind).keySet());
        unreadable.stream()
                .filter(document -> document.kind().equals(kind.word()))
                .map(UnreadableDocument::id)
                .forEach(ids::add);
        return ids;
    }

    /** Returns whether a document with this key is stored, readable or not. */
    public boolean has(DocumentKey key) {
        return key.isDefaults()
                || (key.isRoute() ? routes.containsKey(key.id()) : hasEntity(key))
                || unreadable(key).isPresent();
    }

    private boolean hasEntity(DocumentKey key) {
        return EntityKind.of(key.kind())
                .map(kind -> entities(kind).containsKey(key.id()))
                .orElse(false);
    }

    /** The readable document with this key. */
    public Optional<VersionedDocument> find(DocumentKey key) {
        if (key.isDefaults()) {
            return Optional.of(defaults);
        }
        return key.isRoute()
                ? Optional.ofNullable(routes.get(key.id()))
                : EntityKind.of(key.kind())
                        .flatMap(kind -> Optional.ofNullable(entities(kind).get(key.id())));
    }

    public Optional<UnreadableDocument> unreadable(DocumentKey key) {
        return unreadable.stream()
                .filter(document ->
                        document.kind().equals(key.kind()) && document.id().equals(key.id()))
                .findFirst();
    }

    /** Returns whether a route with this id is stored, readable or not. */
    public boolean hasRoute(String id) {
        return routes.containsKey(id) || unreadableRoute(id).isPresent();
    }

    /** The ids of all stored routes, readable or not. */
    public NavigableSet<String> routeIds() {
        NavigableSet<String> ids = new TreeSet<>(routes.keySet());
        unreadable.stream()
                .filter(UnreadableDocument::isRoute)
                .map(UnreadableDocument::id)
                .forEach(ids::add);
        return ids;
    }

    public Optional<UnreadableDocument> unreadableRoute(String id) {
        return unreadable(DocumentKey.route(id));
    }
}
