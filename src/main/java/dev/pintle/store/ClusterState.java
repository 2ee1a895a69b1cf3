package dev.pintle.store;

import java.util.List;

/**
 * What holds beside the configuration at one moment.
 *
 * @param circuits every override that has not ended
 * @param resets those that the node did not know, oldest first
 * @param latestReset the number of the latest reset of all; zero when there never was one
 * @param nodes how many nodes are alive, the one that asks included
 * @param missingPrivileges what the user of PostgreSQL may not do but has to, such as {@code INSERT on change}; in a list
 */
public record ClusterState(
        List<CircuitOverride> circuits,
        List<LimitReset> resets,
        long latestReset,
        int nodes,
        List<String> missingPrivileges) {
    public ClusterState {
        circuits = List.copyOf(circuits);
        resets = List.copyOf(resets);
        missingPrivileges = List.copyOf(missingPrivileges);
    }
}
