package dev.pintle.sync;

import dev.pintle.route.Configuration;
import dev.pintle.routing.Source;

/** Puts a configuration in force on this node. Called by one thread at a time. */
@FunctionalInterface
public interface Publisher {
    void publish(Configuration configuration, Source source);
}
