package dev.pintle.sync;

import dev.pintle.config.Configuration;
import dev.pintle.routing.table.ConfigurationSource;

/** Activates a configuration on this node. Called by one thread at a time. */
@FunctionalInterface
public interface ConfigurationListener {
    String DEADLINE = "deadline";

    void publish(Configuration configuration, ConfigurationSource source);

    /**
     * This node reverted an unconfirmed revision in PostgreSQL.
     *
     * @param cause the reason, such as {@value #DEADLINE}
     */
    default void reverted(String cause) {}
}
