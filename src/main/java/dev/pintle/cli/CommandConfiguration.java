package dev.pintle.cli;

import dev.pintle.store.DatabaseConfiguration;
import java.nio.file.Path;

/** What commands want to know of config.yml. */
public interface CommandConfiguration {
    DatabaseConfiguration database();

    /** The folder of what a node keeps for itself; an embedded PostgreSQL is in its folder {@code postgres}. */
    Path dataFolder();
}
