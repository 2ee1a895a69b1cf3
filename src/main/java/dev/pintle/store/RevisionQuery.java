package dev.pintle.store;

import org.jspecify.annotations.Nullable;

/**
 * A query for revisions, the latest first.
 *
 * @param before the exclusive upper bound of the revision number
 * @param route the id of a route that the revisions changed; null for any
 * @param author the author of the revisions; null for any
 */
public record RevisionQuery(
        int limit,
        long before,
        @Nullable String route,
        @Nullable String author) {}
