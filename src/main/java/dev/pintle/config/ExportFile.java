package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;

/** Writes a whole configuration as a file that {@link ImportFile} reads. */
public final class ExportFile {
    private ExportFile() {}

    /**
     * The text of the file.
     *
     * @param routes in the order of their ids
     */
    public static String text(long revision, JsonNode defaults, Collection<? extends JsonNode> routes) {
        return text(revision, defaults, Map.of(), routes);
    }

    /**
     * The text of the file.
     *
     * @param entities the documents that routes refer to, in the order of their ids; an empty list is left out
     * @param routes in the order of their ids
     */
    public static String text(
            long revision,
            JsonNode defaults,
            Map<EntityKind, ? extends Collection<? extends JsonNode>> entities,
            Collection<? extends JsonNode> routes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("revision", revision);
        json.set("defaults", defaults);
        entities.forEach((kind, documents) -> {
            if (!documents.isEmpty()) {
                json.putArray(kind.listKey()).addAll(documents);
            }
        });
        json.putArray("routes").addAll(routes);
        return json.toPrettyString() + '\n';
    }
}
