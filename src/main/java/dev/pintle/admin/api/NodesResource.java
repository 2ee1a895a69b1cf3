package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.ReportedNode;
import dev.pintle.store.ReportedNodes;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.sync.ConfigurationSync;
import dev.pintle.sync.NodeState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Lists the nodes of the cluster with their revision and state. */
@Path("/api/v1/nodes")
@Produces(MediaType.APPLICATION_JSON)
public final class NodesResource {
    private final ConfigurationSync sync;
    private final ClusterStore cluster;
    private final ActiveRouteTable activeTable;

    public NodesResource(ConfigurationSync sync, ClusterStore cluster, ActiveRouteTable activeTable) {
        this.sync = sync;
        this.cluster = cluster;
        this.activeTable = activeTable;
    }

    @GET
    @Operation(operationId = "listNodes", summary = "List the nodes of the cluster with their revision and state")
    @ApiResponse(responseCode = "200", ref = "Nodes")
    public String list() throws StoreUnavailableException {
        sync.catchUp();
        ReportedNodes reported = cluster.nodes();
        String digest = activeTable.digestOf(reported.latest());
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("latest", reported.latest());
        ArrayNode nodes = json.putArray("nodes");
        reported.nodes().forEach(node -> nodes.add(json(node, NodeState.of(node, reported.latest(), digest))));
        return json.toString();
    }

    private static ObjectNode json(ReportedNode node, NodeState state) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("id", node.id().toString());
        putKnown(json, "name", node.name());
        putKnown(json, "version", node.version());
        if (node.revision() != null) {
            json.put("revision", node.revision());
        }
        putKnown(json, "digest", node.digest());
        putKnown(json, "source", node.source());
        json.put("state", state.word());
        ArrayNode rejected = json.putArray("rejected");
        node.rejected()
                .forEach(document -> rejected.addObject()
                        .put("kind", document.kind())
                        .put("id", document.id())
                        .put("reason", document.reason()));
        return json.put("seen", node.seen().toString());
    }

    /** Omits values that a node of an earlier version does not report. */
    private static void putKnown(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
