package dev.pintle.store;

import org.jspecify.annotations.Nullable;

/**
 * The revisions that are asked for, the latest first.
 *
 * @param before the number that all of them are below
 * @param route the id of a route that each of them changed; null for any
 * @param author the author of each of them; null for any
 */
public record RevisionQuery(
        int limit,
        long before,
        @Nullable String route,
        @Nullable String author) {}
