package dev.pintle.sync;

import dev.pintle.store.CircuitOverride;
import dev.pintle.store.LimitReset;
import dev.pintle.store.MaintenanceWindow;
import dev.pintle.store.ReportedNodes;
import java.util.List;

/** Applies overrides to the proxy. Called by one thread at a time. */
public interface OverrideRecipient {
    /** Replaces the active overrides. Called regularly, also without a change. */
    void circuits(List<CircuitOverride> overrides);

    /** Replaces the active maintenance windows. Called regularly, also without a change. */
    void maintenance(List<MaintenanceWindow> windows);

    /** Applies a reset. Called once for each. */
    void reset(LimitReset reset);

    /** Receives the nodes of the cluster, including this one. Called regularly. */
    void nodes(ReportedNodes nodes);
}
