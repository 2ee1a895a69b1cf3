package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** Writes a whole configuration as a file that {@link ImportFile} reads. */
public final class ExportFile {
    private ExportFile() {}

    /**
     * The text of the file.
     *
     * @param routes in the order of their ids
     */
    public static String text(long revision, JsonNode defaults, Collection<? extends JsonNode> routes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("revision", revision);
        json.set("defaults", defaults);
        json.putArray("routes").addAll(routes);
        return json.toPrettyString() + '\n';
    }
}
