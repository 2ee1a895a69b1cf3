package dev.pintle.routing.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.VersionedDocument;
import org.jspecify.annotations.Nullable;

/**
 * The digests of the documents of a table.
 *
 * @param served of the routes that the node serves
 * @param stored of all routes, served or rejected
 */
record TableDigest(DocumentSum served, DocumentSum stored) {
    static final TableDigest EMPTY = new TableDigest(DocumentSum.EMPTY, DocumentSum.EMPTY);

    /** Names the algorithm, because nodes of another version may use another one. */
    private static final String ALGORITHM = "sum-";

    /** Adds a route; null adds nothing. */
    TableDigest plus(String id, @Nullable VersionedDocument route, boolean isRejected) {
        return route == null
                ? this
                : new TableDigest(
                        isRejected ? served : served.plus(name(id), route.json()), stored.plus(name(id), route.json()));
    }

    /** Removes a route; null removes nothing. */
    TableDigest minus(String id, @Nullable VersionedDocument route, boolean isRejected) {
        return route == null
                ? this
                : new TableDigest(
                        isRejected ? served : served.minus(name(id), route.json()),
                        stored.minus(name(id), route.json()));
    }

    private static String name(String id) {
        return "route " + id;
    }

    /** The digest of what the node serves. */
    String served(JsonNode defaults) {
        return with(served, defaults);
    }

    /** The digest of what a node serves that rejects nothing. */
    String stored(VersionedDocument defaults) {
        return with(stored, defaults.json());
    }

    private static String with(DocumentSum routes, JsonNode defaults) {
        return ALGORITHM + routes.plus(DocumentKey.DEFAULTS.id(), defaults).hex();
    }
}
