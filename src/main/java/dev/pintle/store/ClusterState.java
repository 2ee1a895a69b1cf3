package dev.pintle.store;

import java.util.List;

/**
 * The overrides, resets and nodes of the cluster at one moment.
 *
 * @param circuits the overrides that have not ended
 * @param maintenance the maintenance windows that have not ended
 * @param resets the resets that the node did not know, oldest first
 * @param latestReset the number of the latest reset; zero without any
 * @param nodes the nodes, including this one
 * @param signOuts the ids of the console sessions that were signed out and could otherwise be valid
 * @param missingPrivileges the privileges that the PostgreSQL user lacks, such as {@code INSERT on change}
 */
public record ClusterState(
        List<CircuitOverride> circuits,
        List<MaintenanceWindow> maintenance,
        List<LimitReset> resets,
        long latestReset,
        ReportedNodes nodes,
        List<String> signOuts,
        List<String> missingPrivileges) {
    public ClusterState {
        circuits = List.copyOf(circuits);
        maintenance = List.copyOf(maintenance);
        resets = List.copyOf(resets);
        signOuts = List.copyOf(signOuts);
        missingPrivileges = List.copyOf(missingPrivileges);
    }
}
