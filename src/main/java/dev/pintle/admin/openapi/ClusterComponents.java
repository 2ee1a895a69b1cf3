package dev.pintle.admin.openapi;

import static dev.pintle.admin.openapi.OpenApiDocument.JSON;
import static dev.pintle.admin.openapi.OpenApiDocument.answer;

import dev.pintle.sync.NodeState;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.Arrays;

/** Answers of the calls for the nodes of the cluster. */
final class ClusterComponents {
    private ClusterComponents() {}

    static Components addTo(Components components) {
        return components.addResponses("Nodes", answer("The nodes, by name.", JSON, nodes()));
    }

    private static Schema<?> nodes() {
        Schema<?> rejected = new ObjectSchema()
                .addProperty("kind", new StringSchema())
                .addProperty("id", new StringSchema())
                .addProperty("reason", new StringSchema());
        Schema<?> node = new ObjectSchema()
                .description("A node of an earlier version leaves out what it does not report.")
                .addProperty("id", new StringSchema().format("uuid").description("New at each start of the node."))
                .addProperty("name", new StringSchema())
                .addProperty("version", new StringSchema())
                .addProperty("revision", new IntegerSchema().format("int64"))
                .addProperty("digest", new StringSchema().description("SHA-256 of the documents that the node serves."))
                .addProperty("source", new StringSchema()._enum(Arrays.asList("none", "snapshot", "database")))
                .addProperty("state", state())
                .addProperty("rejected", new ArraySchema().items(rejected).description("The first 100."))
                .addProperty("seen", new StringSchema().format("date-time").description("The last heartbeat."));
        return new ObjectSchema()
                .addProperty("latest", new IntegerSchema().format("int64"))
                .addProperty("nodes", new ArraySchema().items(node));
    }

    private static Schema<?> state() {
        return new StringSchema()
                ._enum(Arrays.stream(NodeState.values()).map(NodeState::word).toList());
    }
}
