package dev.pintle.admin.openapi;

import static dev.pintle.admin.openapi.OpenApiDocument.JSON;
import static dev.pintle.admin.openapi.OpenApiDocument.answer;
import static dev.pintle.admin.openapi.OpenApiDocument.header;
import static dev.pintle.admin.openapi.OpenApiDocument.query;

import dev.pintle.admin.api.WriteContext;
import dev.pintle.sync.NodeState;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;

/** The OpenAPI components of the nodes of the cluster. */
final class ClusterComponents {
    private ClusterComponents() {}

    static Components addTo(Components components) {
        return components
                .addParameters("Wait", query("wait", "applied waits until every node serves the write."))
                .addParameters("Timeout", query("timeout", "The longest wait, such as 5s; at most 20s."))
                .addParameters(
                        "Confirm",
                        header(
                                WriteContext.CONFIRM,
                                "Reverts the write after this time, such as 2m, unless it is confirmed. Bounds revert it"
                                        + " earlier: 2m; errors=2%; p99=800ms; atLeast=50."))
                .addResponses("Confirmed", answer("The revision stays.", JSON, confirmed()))
                .addResponses("Nodes", answer("The nodes, by name.", JSON, nodes()))
                .addResponses(
                        "Unfinished",
                        answer(
                                "Written, but not final: not confirmed, or not served by all nodes.",
                                JSON,
                                unfinished()));
    }

    /** Describes what every write of the configuration has in common. */
    static void addWaitTo(Operation operation) {
        operation
                .addParametersItem(new Parameter().$ref("Wait"))
                .addParametersItem(new Parameter().$ref("Timeout"))
                .addParametersItem(new Parameter().$ref("Confirm"));
        operation.getResponses().addApiResponse("202", new ApiResponse().$ref("Unfinished"));
    }

    private static Schema<?> confirmed() {
        return new ObjectSchema()
                .addProperty("revision", new IntegerSchema().format("int64"))
                .addProperty("state", new StringSchema()._enum(Arrays.asList("live")));
    }

    private static Schema<?> unfinished() {
        Schema<?> lagging = new ObjectSchema()
                .addProperty("node", new StringSchema().description("Its name."))
                .addProperty("id", new StringSchema().format("uuid"))
                .addProperty("revision", new IntegerSchema().format("int64"))
                .addProperty("state", state());
        return new ObjectSchema()
                .addProperty("revision", new IntegerSchema().format("int64"))
                .addProperty("state", new StringSchema().description("unconfirmed, with Pintle-Confirm."))
                .addProperty("revertsAt", new StringSchema().format("date-time").description("With Pintle-Confirm."))
                .addProperty("guard", new StringSchema().description("The bounds of Pintle-Confirm."))
                .addProperty("applied", new IntegerSchema().description("The number of nodes that serve it."))
                .addProperty("lagging", new ArraySchema().items(lagging));
    }

    private static Schema<?> nodes() {
        Schema<?> rejected = new ObjectSchema()
                .addProperty("kind", new StringSchema())
                .addProperty("id", new StringSchema())
                .addProperty("reason", new StringSchema());
        Schema<?> node = new ObjectSchema()
                .description("Values that a node of an earlier version does not report are absent.")
                .addProperty("id", new StringSchema().format("uuid").description("New at each start of the node."))
                .addProperty("name", new StringSchema())
                .addProperty("version", new StringSchema())
                .addProperty("revision", new IntegerSchema().format("int64"))
                .addProperty(
                        "digest",
                        new StringSchema().description("Identifies the routes and defaults that the node serves."))
                .addProperty("source", new StringSchema()._enum(Arrays.asList("none", "snapshot", "peer", "database")))
                .addProperty("state", state())
                .addProperty("rejected", new ArraySchema().items(rejected).description("The first 100."))
                .addProperty("seen", new StringSchema().format("date-time").description("The last heartbeat."));
        return new ObjectSchema()
                .addProperty("latest", new IntegerSchema().format("int64"))
                .addProperty("nodes", new ArraySchema().items(node))
                .addProperty("unconfirmed", unconfirmed())
                .addProperty("reverted", reverted());
    }

    private static Schema<?> unconfirmed() {
        return new ObjectSchema()
                .description("The revision that waits for its confirmation; absent without one.")
                .addProperty("revision", new IntegerSchema().format("int64"))
                .addProperty("revertsAt", new StringSchema().format("date-time"))
                .addProperty("guard", new StringSchema().description("Its bounds; absent without bounds."))
                .addProperty("before", traffic("The requests of the changed routes in the five minutes before."))
                .addProperty("since", traffic("Their requests since the change."));
    }

    private static Schema<?> traffic(String description) {
        return new ObjectSchema()
                .description(description)
                .addProperty("requests", new IntegerSchema().format("int64"))
                .addProperty("failed", new IntegerSchema().format("int64"))
                .addProperty("p99", new StringSchema().description("Such as 310ms."));
    }

    private static Schema<?> reverted() {
        return new ObjectSchema()
                .description("The revision that the latest one reverted automatically; absent without one.")
                .addProperty("revision", new IntegerSchema().format("int64"))
                .addProperty("by", new IntegerSchema().format("int64").description("The latest revision."))
                .addProperty("at", new StringSchema().format("date-time"))
                .addProperty("reason", new StringSchema());
    }

    private static Schema<?> state() {
        return new StringSchema()
                ._enum(Arrays.stream(NodeState.values()).map(NodeState::word).toList());
    }
}
