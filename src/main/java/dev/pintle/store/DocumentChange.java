package dev.pintle.store;

import dev.pintle.history.DocumentDelta;
import org.jspecify.annotations.Nullable;

/** The change of one document in a revision. */
sealed interface DocumentChange {
    /** The kind of document, as the history names it. */
    String kind();

    String id();

    /** The document before the change; null when it did not exist. */
    @Nullable
    String before();

    /** The document after the change; null when it is removed. */
    @Nullable
    String after();

    default DocumentDelta delta() {
        return new DocumentDelta(kind(), id(), RevisionRows.document(before()), RevisionRows.document(after()));
    }

    /**
     * The change of a route.
     *
     * @param matchKey the match key of the new document; null when the route is removed
     */
    record OfRoute(
            String id,
            @Nullable String before,
            @Nullable String after,
            @Nullable String matchKey) implements DocumentChange {
        @Override
        public String kind() {
            return "route";
        }

        boolean isPut() {
            return after != null;
        }
    }

    /** The change of the defaults, which always exist. */
    record OfDefaults(String before, String after) implements DocumentChange {
        @Override
        public String kind() {
            return "defaults";
        }

        @Override
        public String id() {
            return "defaults";
        }
    }
}
