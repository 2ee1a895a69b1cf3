package dev.pintle.sync;

import dev.pintle.guard.GuardReport;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.RouteTable;
import dev.pintle.store.NodeHeartbeat;
import dev.pintle.store.NodeIdentity;
import dev.pintle.store.RejectedDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates the heartbeats of a node from its active route table. */
public final class NodeHeartbeats {
    private NodeHeartbeats() {}

    /**
     * Creates the source of the heartbeats of one node.
     *
     * @param node identifies the running node in the cluster
     * @param draining whether the node is about to stop
     * @param guard counts the requests around an unconfirmed revision
     */
    public static Supplier<NodeHeartbeat> of(
            NodeIdentity node, ActiveRouteTable live, BooleanSupplier draining, ChangeGuard guard) {
        return () -> of(node, live.current(), draining.getAsBoolean(), guard.report());
    }

    private static NodeHeartbeat of(
            NodeIdentity node, RouteTable table, boolean draining, @Nullable GuardReport guard) {
        List<RejectedDocument> rejected = new ArrayList<>();
        table.rejected().forEach(route -> rejected.add(new RejectedDocument("route", route.id(), route.reason())));
        if (table.defaultsFault() != null) {
            rejected.add(new RejectedDocument("defaults", "defaults", table.defaultsFault()));
        }
        return new NodeHeartbeat(
                node,
                table.revision(),
                table.digest(),
                table.source().name().toLowerCase(Locale.ROOT),
                rejected,
                draining,
                guard);
    }
}
