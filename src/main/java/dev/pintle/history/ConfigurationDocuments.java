package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The documents of a configuration. They may violate rules of later versions. An unreadable document is represented by
 * its text.
 *
 * @param routes by id
 */
public record ConfigurationDocuments(JsonNode defaults, SortedMap<String, JsonNode> routes) {
    public ConfigurationDocuments {
        routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
    }

    /** The readable documents of a configuration. */
    public static ConfigurationDocuments of(Configuration configuration) {
        SortedMap<String, JsonNode> routes = new TreeMap<>();
        configuration.routes().forEach((id, stored) -> routes.put(id, stored.json()));
        return new ConfigurationDocuments(configuration.defaults().json(), routes);
    }

    /** Returns the documents before the given changes. */
    public ConfigurationDocuments before(List<DocumentDelta> changes) {
        JsonNode earlierDefaults = defaults;
        SortedMap<String, JsonNode> earlier = new TreeMap<>(routes);
        for (DocumentDelta change : changes) {
            if (!change.isRoute()) {
                earlierDefaults = change.before() == null ? earlierDefaults : change.before();
            } else if (change.before() == null) {
                earlier.remove(change.id());
            } else {
                earlier.put(change.id(), change.before());
            }
        }
        return new ConfigurationDocuments(earlierDefaults, earlier);
    }
}
