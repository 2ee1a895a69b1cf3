package dev.pintle.store;

import dev.pintle.config.Configuration;

/** The configuration that a reader already has, as the starting point of a read. */
public sealed interface Baseline {
    /** A configuration of this database: reading the later changes is enough. */
    record Known(Configuration configuration) implements Baseline {}

    /** No configuration, or one that may be of another database: the whole configuration has to be read. */
    record Unknown() implements Baseline {}
}
