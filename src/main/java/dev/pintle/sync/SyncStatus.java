package dev.pintle.sync;

import dev.pintle.routing.table.ConfigurationSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The state of the synchronization with PostgreSQL.
 *
 * @param revision the active revision
 * @param source the source of the active revision
 * @param age the time since the configuration was last known to be the latest
 * @param databaseUp whether PostgreSQL answered the last query
 * @param writable whether PostgreSQL stored the last heartbeat and the user has all privileges for writes
 * @param listening whether the node receives notifications; otherwise it polls once a second
 * @param fault the fault in one sentence; null without a fault
 */
public record SyncStatus(
        long revision,
        ConfigurationSource source,
        Duration age,
        boolean databaseUp,
        boolean writable,
        boolean listening,
        @Nullable String fault) {}
