package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.guard.TrafficCounts;
import dev.pintle.guard.TrafficSample;
import dev.pintle.history.RevisionEntry;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.HistoryStore;
import dev.pintle.store.ReportedNode;
import dev.pintle.store.ReportedNodes;
import dev.pintle.store.RevisionQuery;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.sync.ChangeGuard;
import dev.pintle.sync.ConfigurationSync;
import dev.pintle.sync.NodeState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the nodes of the cluster with their revision and state. */
@Path("/api/v1/nodes")
@Produces(MediaType.APPLICATION_JSON)
public final class NodesResource {
    private final ConfigurationSync sync;
    private final ClusterStore cluster;
    private final ActiveRouteTable activeTable;
    private final HistoryStore history;

    public NodesResource(
            ConfigurationSync sync, ClusterStore cluster, ActiveRouteTable activeTable, HistoryStore history) {
        this.sync = sync;
        this.cluster = cluster;
        this.activeTable = activeTable;
        this.history = history;
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
        addUnconfirmed(reported, json);
        addRevert(reported.latest(), json);
        return json.toString();
    }

    /** Adds the revision that waits for its confirmation, with its requests so far. */
    private void addUnconfirmed(ReportedNodes reported, ObjectNode json) {
        sync.pendingConfirmation().ifPresent(pending -> {
            ObjectNode unconfirmed = json.putObject("unconfirmed")
                    .put("revision", pending.revision())
                    .put("revertsAt", pending.revertsAt().toString());
            if (pending.guard() != null) {
                TrafficSample sample = ChangeGuard.sum(reported, pending.revision());
                unconfirmed.put("guard", pending.guard().text());
                unconfirmed.set("before", json(sample.before()));
                unconfirmed.set("since", json(sample.since()));
            }
        });
    }

    private static ObjectNode json(TrafficCounts counts) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("requests", counts.requests())
                .put("failed", counts.failed())
                .put("p99", counts.p99().toMillis() + "ms");
    }

    /** Says why the latest revision reverted the one before. */
    private void addRevert(long latest, ObjectNode json) throws StoreUnavailableException {
        if (latest == 0) {
            return;
        }
        List<RevisionEntry> entries = history.read(reader -> reader.list(new RevisionQuery(1, latest + 1, null, null)));
        entries.stream()
                .map(RevisionEntry::revision)
                .filter(revision -> revision.cause().isAutoRevert())
                .forEach(revision -> json.putObject("reverted")
                        .put("revision", revision.cause().revision())
                        .put("by", revision.number())
                        .put("at", revision.at().toString())
                        .put("reason", revision.reason()));
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
