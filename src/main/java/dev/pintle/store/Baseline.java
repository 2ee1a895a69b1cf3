package dev.pintle.store;

import dev.pintle.config.Configuration;

/** The configuration that a reader has already, from which a read starts. */
public sealed interface Baseline {
    /** A configuration of this database, so that only what changed since it needs to be read. */
    record Known(Configuration configuration) implements Baseline {}

    /** Nothing, or a configuration that may be of another database: everything needs to be read. */
    record Unknown() implements Baseline {}
}
