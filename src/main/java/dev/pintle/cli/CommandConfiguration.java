package dev.pintle.cli;

import dev.pintle.routing.table.EffectiveRouteValidator;
import dev.pintle.store.DatabaseConfiguration;
import java.nio.file.Path;

/** The parts of config.yml that commands use. */
public interface CommandConfiguration {
    DatabaseConfiguration database();

    /** The folder of what a node keeps for itself; an embedded PostgreSQL is in its folder {@code postgres}. */
    Path dataFolder();

    /** Validates routes for the nodes that run with this configuration. */
    EffectiveRouteValidator routeValidator();
}
