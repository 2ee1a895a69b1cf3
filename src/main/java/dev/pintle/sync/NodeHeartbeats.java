package dev.pintle.sync;

import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.RouteTable;
import dev.pintle.store.NodeHeartbeat;
import dev.pintle.store.RejectedDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/** The heartbeats of a node, made of the route table that it serves. */
public final class NodeHeartbeats {
    private NodeHeartbeats() {}

    /**
     * The heartbeats of one node.
     *
     * @param node names the node among the others, while it runs
     */
    public static Supplier<NodeHeartbeat> of(UUID node, ActiveRouteTable live) {
        return () -> of(node, live.current());
    }

    private static NodeHeartbeat of(UUID node, RouteTable table) {
        List<RejectedDocument> rejected = new ArrayList<>();
        table.rejected().forEach(route -> rejected.add(new RejectedDocument("route", route.id(), route.reason())));
        if (table.defaultsFault() != null) {
            rejected.add(new RejectedDocument("defaults", "defaults", table.defaultsFault()));
        }
        return new NodeHeartbeat(node, table.revision(), table.source().name().toLowerCase(Locale.ROOT), rejected);
    }
}
