package dev.pintle.cli;

import dev.pintle.routing.table.EffectiveRouteValidator;
import dev.pintle.store.DatabaseConfiguration;
import java.nio.file.Path;

/** The parts of config.yml that commands use. */
public interface CommandConfiguration {
    DatabaseConfiguration database();

    /** The data directory of the node; an embedded PostgreSQL is in its subdirectory {@code postgres}. */
    Path dataDirectory();

    /** Returns the validator for nodes with this configuration. */
    EffectiveRouteValidator routeValidator();
}
