package dev.pintle.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.config.Configuration;
import dev.pintle.config.UnreadableDocument;
import dev.pintle.config.VersionedDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Assembles a configuration from rows. Lists unreadable documents separately, so that they do not affect the others.
 * Used by one thread.
 */
final class ConfigurationAssembler {
    private final SortedMap<String, VersionedDocument> routes = new TreeMap<>();
    private final SortedMap<String, UnreadableDocument> unreadable = new TreeMap<>();

    /** Starts with the routes of a known configuration. */
    ConfigurationAssembler(Configuration known) {
        routes.putAll(known.routes());
        known.unreadable().stream()
                .filter(UnreadableDocument::isRoute)
                .forEach(document -> unreadable.put(document.id(), document));
    }

    /** @param row null when the revision removed the route */
    void route(String id, @Nullable StoredRow row) {
        routes.remove(id);
        unreadable.remove(id);
        if (row == null) {
            return;
        }
        if (row.json() == null) {
            unreadable.put(id, new UnreadableDocument(UnreadableDocument.ROUTE, id, row.revision(), row.fault()));
        } else {
            routes.put(id, new VersionedDocument(row.revision(), row.json()));
        }
    }

    Configuration configuration(long revision, StoredRow defaults) {
        List<UnreadableDocument> rejected = new ArrayList<>(unreadable.values());
        if (defaults.json() != null) {
            return new Configuration(
                    revision, new VersionedDocument(defaults.revision(), defaults.json()), routes, rejected);
        }
        rejected.add(new UnreadableDocument(
                UnreadableDocument.DEFAULTS, UnreadableDocument.DEFAULTS, defaults.revision(), defaults.fault()));
        VersionedDocument none = new VersionedDocument(defaults.revision(), JsonNodeFactory.instance.objectNode());
        return new Configuration(revision, none, routes, rejected);
    }
}
