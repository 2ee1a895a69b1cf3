package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest valid documents that requests proposed, at most one for each key. The garbage collector may drop them when
 * memory is short. Safe for all threads.
 */
final class ProposedDocuments {
    /** The most documents; a rollback can write more. */
    private static final int CAPACITY = 10_000;

    private final Map<DocumentKey, SoftReference<ValidDocument>> byKey = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DocumentKey, SoftReference<ValidDocument>> eldest) {
            return size() > CAPACITY;
        }
    };

    synchronized void add(ValidDocument document) {
        byKey.put(document.key(), new SoftReference<>(document));
    }

    /** Returns the document with this key and this text, or null. */
    synchronized @Nullable ValidDocument find(DocumentKey key, JsonNode json) {
        return hit(byKey.get(key), json);
    }

    /** Returns the document with this key and this text, or null. Drops any document with this key. */
    synchronized @Nullable ValidDocument take(DocumentKey key, JsonNode json) {
        return hit(byKey.remove(key), json);
    }

    private static @Nullable ValidDocument hit(@Nullable SoftReference<ValidDocument> reference, JsonNode json) {
        ValidDocument known = reference == null ? null : reference.get();
        return known != null && known.json().toString().equals(json.toString()) ? known : null;
    }
}
