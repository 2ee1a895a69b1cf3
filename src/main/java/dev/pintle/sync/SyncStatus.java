package dev.pintle.sync;

import dev.pintle.routing.table.ConfigurationSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How well the node keeps up with PostgreSQL.
 *
 * @param revision which the node serves
 * @param source where it was read
 * @param age since the configuration was last known to be the latest
 * @param databaseUp whether PostgreSQL answered when it was last asked
 * @param writable whether PostgreSQL took the last heartbeat, and the user has the privileges that writes need
 * @param listening whether changes are announced to the node; if not, it asks once a second
 * @param fault what is wrong, as a sentence; null when nothing is
 */
public record SyncStatus(
        long revision,
        ConfigurationSource source,
        Duration age,
        boolean databaseUp,
        boolean writable,
        boolean listening,
        @Nullable String fault) {}
