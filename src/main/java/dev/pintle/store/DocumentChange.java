package dev.pintle.store;

import dev.pintle.history.DocumentDelta;
import org.jspecify.annotations.Nullable;

/** What a revision does to one document. */
sealed interface DocumentChange {
    /** Which sort of document, in the words of the history. */
    String kind();

    String id();

    /** The document as it was; null when there was none. */
    @Nullable
    String before();

    /** The document as it is from now on; null when there is none. */
    @Nullable
    String after();

    default DocumentDelta delta() {
        return new DocumentDelta(kind(), id(), RevisionRows.document(before()), RevisionRows.document(after()));
    }

    /**
     * A route.
     *
     * @param matchKey of the route as it is put; null when it is removed
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

    /** There is one document of defaults, always. */
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
