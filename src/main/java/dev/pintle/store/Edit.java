package dev.pintle.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.EntityDocument;
import dev.pintle.config.RouteDocument;
import org.jspecify.annotations.Nullable;

/** One change of one document. Edits that are written together create one revision or none. */
public sealed interface Edit {
    /** The document that the edit changes. */
    DocumentKey key();

    /** The document after the edit; null when the edit removes it. */
    @Nullable
    ObjectNode json();

    /** Creates the route, or replaces the one with its id. */
    record PutRoute(RouteDocument route, Precondition precondition) implements Edit {
        @Override
        public ObjectNode json() {
            return route.json();
        }

        @Override
        public DocumentKey key() {
            return DocumentKey.route(route.id());
        }
    }

    /** Removes the route; an absent route is a fault, even with {@link Precondition.None}. */
    record DeleteRoute(String id, Precondition precondition) implements Edit {
        @Override
        public @Nullable ObjectNode json() {
            return null;
        }

        @Override
        public DocumentKey key() {
            return DocumentKey.route(id);
        }
    }

    /** Replaces the defaults. */
    record PutDefaults(DefaultsDocument defaults, Precondition precondition) implements Edit {
        @Override
        public ObjectNode json() {
            return defaults.json();
        }

        @Override
        public DocumentKey key() {
            return DocumentKey.DEFAULTS;
        }
    }

    /** Creates or replaces a document that routes refer to. */
    record PutEntity(EntityDocument entity, Precondition precondition) implements Edit {
        @Override
        public ObjectNode json() {
            return entity.json();
        }

        @Override
        public DocumentKey key() {
            return entity.key();
        }
    }

    /** Removes a document that routes refer to; an absent one is a fault. */
    record DeleteEntity(DocumentKey key, Precondition precondition) implements Edit {
        @Override
        public @Nullable ObjectNode json() {
            return null;
        }
    }

    /** Restores a route byte for byte: another order of keys is a change. */
    record RestoreRoute(RouteDocument route) implements Edit {
        @Override
        public ObjectNode json() {
            return route.json();
        }

        @Override
        public DocumentKey key() {
            return DocumentKey.route(route.id());
        }
    }

    /** Restores the defaults byte for byte. */
    record RestoreDefaults(DefaultsDocument defaults) implements Edit {
        @Override
        public ObjectNode json() {
            return defaults.json();
        }

        @Override
        public DocumentKey key() {
            return DocumentKey.DEFAULTS;
        }
    }

    /** Restores a document that routes refer to byte for byte. */
    record RestoreEntity(EntityDocument entity) implements Edit {
        @Override
        public ObjectNode json() {
            return entity.json();
        }

        @Override
        public DocumentKey key() {
            return entity.key();
        }
    }
}
