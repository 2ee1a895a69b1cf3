package dev.pintle.store;

import dev.pintle.config.DocumentKey;
import dev.pintle.history.DocumentDelta;
import org.jspecify.annotations.Nullable;

/**
 * The effect of a revision on one document.
 *
 * @param before the text before; null when the document did not exist
 * @param after the text after; null when the document is removed
 * @param matchKey of a route that is put; null for any other document
 */
record DocumentChange(
        DocumentKey key,
        @Nullable String before,
        @Nullable String after,
        @Nullable String matchKey) {
    String kind() {
        return key.kind();
    }

    String id() {
        return key.id();
    }

    boolean isRoute() {
        return key.isRoute();
    }

    boolean isEntity() {
        return !key.isRoute() && !key.isDefaults();
    }

    boolean isPut() {
        return after != null;
    }

    DocumentDelta delta() {
        return new DocumentDelta(kind(), id(), RevisionRows.document(before), RevisionRows.document(after));
    }
}
