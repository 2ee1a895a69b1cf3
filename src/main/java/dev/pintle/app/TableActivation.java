package dev.pintle.app;

import dev.pintle.config.Configuration;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.ConfigurationSource;
import dev.pintle.sync.ConfigurationListener;
import dev.pintle.telemetry.Metrics;

/** Activates configurations on the route table, and counts the reverts of this node. */
record TableActivation(ActiveRouteTable table, Metrics metrics) implements ConfigurationListener {
    @Override
    public void publish(Configuration configuration, ConfigurationSource source) {
        table.publish(configuration, source);
    }

    @Override
    public void reverted(String cause) {
        metrics.configuration().autoReverted(cause);
    }
}
