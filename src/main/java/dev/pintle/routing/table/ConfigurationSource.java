package dev.pintle.routing.table;

/** Where a table's configuration was read. */
public enum ConfigurationSource {
    /** Nowhere yet. */
    NONE,
    /** PostgreSQL. */
    DATABASE,
    /** The last good snapshot on this machine's disk. */
    SNAPSHOT
}
