package dev.pintle.lint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.DocumentDiff;
import dev.pintle.config.VersionedDocument;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The documents of routes by id and by path. The next configuration costs only the documents that differ from the last one.
 * Used by one thread at a time.
 */
final class RoutesByPath {
    private final NavigableMap<String, JsonNode> documents = new TreeMap<>();
    private final NavigableMap<String, SortedSet<String>> ids = new TreeMap<>();

    /** Replaces all routes. */
    void replace(SortedMap<String, VersionedDocument> routes) {
        DocumentDiff.between(documents, routes, (known, stored) -> DocumentDiff.isSameInstance(known, stored.json()))
                .forEach(id -> put(id, json(routes.get(id))));
    }

    private static @Nullable JsonNode json(@Nullable VersionedDocument route) {
        return route == null ? null : route.json();
    }

    /** Replaces one route; null removes it. */
    void put(String id, @Nullable JsonNode json) {
        JsonNode before = json == null ? documents.remove(id) : documents.put(id, json);
        if (before != null) {
            ids.computeIfPresent(path(before), (path, same) -> without(id, same));
        }
        if (json != null) {
            ids.computeIfAbsent(path(json), path -> new TreeSet<>()).add(id);
        }
    }

    private static @Nullable SortedSet<String> without(String id, SortedSet<String> ids) {
        ids.remove(id);
        return ids.isEmpty() ? null : ids;
    }

    private static String path(JsonNode route) {
        JsonNode match = route.path("match");
        return match.path(match.has("path") ? "path" : "template").asText();
    }

    Set<String> ids() {
        return Collections.unmodifiableSet(documents.keySet());
    }

    @Nullable
    JsonNode find(String id) {
        return documents.get(id);
    }

    /** The ids of the routes with a path. */
    Stream<String> at(String path) {
        return ids.getOrDefault(path, Collections.emptySortedSet()).stream();
    }

    /** The ids of the routes whose path is below a path, by path and id. */
    Stream<String> below(String path) {
        String first = path.equals("/") ? "/" : path + '/';
        String end = first.substring(0, first.length() - 1) + '0';
        return ids.subMap(first, !first.equals(path), end, false).values().stream()
                .flatMap(same -> same.stream());
    }
}
