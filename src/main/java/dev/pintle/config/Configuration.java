package dev.pintle.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole configuration at one revision, as it is kept. Immutable.
 *
 * @param routes by id
 */
public record Configuration(long revision, VersionedDocument defaults, SortedMap<String, VersionedDocument> routes) {
    /** Before anything was written. */
    public static final Configuration EMPTY =
            new Configuration(0, new VersionedDocument(0, JsonNodeFactory.instance.objectNode()), new TreeMap<>());

    public Configuration {
        routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
    }
}
