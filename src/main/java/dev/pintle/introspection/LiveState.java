package dev.pintle.introspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.policy.ratelimit.RateLimitMode;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.RouteRuntime;
import dev.pintle.routing.table.RouteTable;
import dev.pintle.store.ReportedNodes;
import dev.pintle.sync.ConfigurationSync;
import dev.pintle.sync.NodeState;
import dev.pintle.sync.SyncStatus;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.RouteTotals;
import java.util.Map;

/** Describes what an operator should see at once: faults of the node, its circuits, targets and nodes. */
public final class LiveState {
    private static final int MOST = 100;

    private final ConfigurationSync sync;
    private final ActiveRouteTable activeTable;
    private final RouteRuntime runtime;
    private final TrafficStatus traffic;
    private final Readiness readiness;

    public LiveState(ConfigurationSync sync, ActiveRouteTable activeTable, RouteRuntime runtime, Readiness readiness) {
        this.sync = sync;
        this.activeTable = activeTable;
        this.runtime = runtime;
        this.traffic = new TrafficStatus(runtime);
        this.readiness = readiness;
    }

    Map<String, RouteTotals> totals() {
        return metrics().traffic();
    }

    private Metrics metrics() {
        return runtime.metrics();
    }

    boolean isStopping() {
        return readiness.isStopping();
    }

    ObjectNode json() {
        SyncStatus status = sync.status();
        RouteTable table = activeTable.current();
        RateLimitMode mode = runtime.rateLimits().mode();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("at", runtime.clock().instant().toString())
                .put("revision", status.revision())
                .put("database", status.databaseUp())
                .put("writable", status.databaseUp() && status.writable())
                .put("limits", mode.text());
        ArrayNode reasons = json.putArray("reasons");
        Degradation.reasons(status, table, runtime).forEach(reasons::add);
        sync.pendingConfirmation()
                .ifPresent(pending -> json.putObject("confirmation")
                        .put("revision", pending.revision())
                        .put("secondsLeft", pending.left().toSeconds()));
        ArrayNode rejected = json.putArray("rejected");
        table.rejected().stream()
                .limit(MOST)
                .forEach(route -> rejected.addObject().put("id", route.id()).put("reason", route.reason()));
        json.setAll(traffic.troubles(MOST));
        putNodes(sync.knownNodes(), json);
        return json;
    }

    private void putNodes(ReportedNodes reported, ObjectNode json) {
        String digest = activeTable.digestOf(reported.latest());
        ArrayNode nodes = json.putArray("nodes");
        reported.nodes().forEach(node -> {
            ObjectNode entry = nodes.addObject()
                    .put("id", node.id().toString())
                    .put("name", node.name())
                    .put("state", NodeState.of(node, reported.latest(), digest).word());
            if (node.revision() != null) {
                entry.put("revision", node.revision());
            }
        });
    }
}
