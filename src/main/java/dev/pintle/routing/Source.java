package dev.pintle.routing;

/** Where a table's configuration was read. */
public enum Source {
    /** Nowhere yet. */
    NONE,
    /** PostgreSQL. */
    DATABASE,
    /** The last good snapshot on this machine's disk. */
    SNAPSHOT
}
