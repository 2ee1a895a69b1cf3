package dev.pintle.importers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The result of a conversion.
 *
 * @param routes documents with different ids
 * @param consumers documents with different ids
 * @param losses each part of the source that has no counterpart, and what happened instead
 */
public record Imported(List<ObjectNode> routes, List<ObjectNode> consumers, List<String> losses) {
    public Imported {
        routes = List.copyOf(routes);
        consumers = List.copyOf(consumers);
        losses = List.copyOf(losses);
    }
}
