package dev.pintle.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The stored configuration at one revision. Immutable.
 *
 * @param defaults empty when the stored ones are unreadable
 * @param routes by id, without the unreadable ones
 * @param unreadable the stored documents that cannot be read
 */
public record Configuration(
        long revision,
        VersionedDocument defaults,
        SortedMap<String, VersionedDocument> routes,
        List<UnreadableDocument> unreadable) {
    /** The configuration before the first write. */
    public static final Configuration EMPTY =
            new Configuration(0, new VersionedDocument(0, JsonNodeFactory.instance.objectNode()), new TreeMap<>());

    public Configuration {
        routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
        unreadable = List.copyOf(unreadable);
    }

    /** A configuration whose documents are all readable. */
    public Configuration(long revision, VersionedDocument defaults, SortedMap<String, VersionedDocument> routes) {
        this(revision, defaults, routes, List.of());
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
        return unreadable.stream()
                .filter(document -> document.isRoute() && document.id().equals(id))
                .findFirst();
    }
}
