package dev.pintle.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.EntityKind;
import dev.pintle.config.UnreadableDocument;
import dev.pintle.config.VersionedDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Assembles a configuration from rows. Lists unreadable documents separately, so that they do not affect the others.
 * Used by one thread.
 */
final class ConfigurationAssembler {
    private final SortedMap<String, VersionedDocument> routes = new TreeMap<>();
    private final Map<EntityKind, SortedMap<String, VersionedDocument>> entities = new EnumMap<>(EntityKind.class);
    private final SortedMap<DocumentKey, UnreadableDocument> unreadable =
            new TreeMap<>(Comparator.comparing(DocumentKey::kind).thenComparing(DocumentKey::id));

    /** Starts with all documents of a known configuration but the defaults. */
    ConfigurationAssembler(Configuration known) {
        routes.putAll(known.routes());
        known.entities().forEach((kind, documents) -> entities.put(kind, new TreeMap<>(documents)));
        known.unreadable().stream()
                .filter(document -> !document.key().isDefaults())
                .forEach(document -> unreadable.put(document.key(), document));
    }

    /**
     * Puts a route or a document that routes refer to. Ignores a kind that a later version of Pintle wrote.
     *
     * @param row null when the revision removed the document
     */
    void put(DocumentKey key, @Nullable StoredRow row) {
        SortedMap<String, VersionedDocument> documents = documents(key);
        if (documents == null) {
            return;
        }
        documents.remove(key.id());
        unreadable.remove(key);
        if (row == null) {
            return;
        }
        if (row.json() == null) {
            unreadable.put(key, new UnreadableDocument(key.kind(), key.id(), row.revision(), row.fault()));
        } else {
            documents.put(key.id(), new VersionedDocument(row.revision(), row.json()));
        }
    }

    private @Nullable SortedMap<String, VersionedDocument> documents(DocumentKey key) {
        return key.isRoute()
                ? routes
                : EntityKind.of(key.kind()).map(entities::get).orElse(null);
    }

    Configuration configuration(long revision, StoredRow defaults) {
        List<UnreadableDocument> rejected = new ArrayList<>(unreadable.values());
        if (defaults.json() != null) {
            return new Configuration(
                    revision, new VersionedDocument(defaults.revision(), defaults.json()), routes, entities, rejected);
        }
        rejected.add(new UnreadableDocument(
                UnreadableDocument.DEFAULTS, UnreadableDocument.DEFAULTS, defaults.revision(), defaults.fault()));
        VersionedDocument none = new VersionedDocument(defaults.revision(), JsonNodeFactory.instance.objectNode());
        return new Configuration(revision, none, routes, entities, rejected);
    }
}
