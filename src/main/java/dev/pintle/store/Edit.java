package dev.pintle.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.ValidDocument;
import org.jspecify.annotations.Nullable;

/** One change of one document. Edits that are written together create one revision or none. */
public sealed interface Edit {
    /** The document that the edit changes. */
    DocumentKey key();

    /** The document after the edit; null when the edit removes it. */
    @Nullable
    ObjectNode json();

    /** Creates the document, or replaces the one with its key. */
    record Put(ValidDocument document, Precondition precondition) implements Edit {
        @Override
        public DocumentKey key() {
            return document.key();
        }

        @Override
        public ObjectNode json() {
            return document.json();
        }
    }

    /** Removes the document; an absent one is a fault, even with {@link Precondition.None}. */
    record Delete(DocumentKey key, Precondition precondition) implements Edit {
        @Override
        public @Nullable ObjectNode json() {
            return null;
        }
    }

    /** Restores the document byte for byte: another order of keys is a change. */
    record Restore(ValidDocument document) implements Edit {
        @Override
        public DocumentKey key() {
            return document.key();
        }

        @Override
        public ObjectNode json() {
            return document.json();
        }
    }
}
