package dev.pintle.sync;

import dev.pintle.config.Configuration;
import dev.pintle.routing.table.ConfigurationSource;

/** Activates a configuration on this node. Called by one thread at a time. */
@FunctionalInterface
public interface ConfigurationListener {
    void publish(Configuration configuration, ConfigurationSource source);
}
