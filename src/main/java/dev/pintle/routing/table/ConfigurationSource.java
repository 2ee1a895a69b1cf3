package dev.pintle.routing.table;

/** The origin of the configuration of a route table. */
public enum ConfigurationSource {
    /** No configuration yet. */
    NONE,
    /** PostgreSQL. */
    DATABASE,
    /** The last valid snapshot on the disk of this node. */
    SNAPSHOT,
    /** The snapshot of another node, which sent it to this node at its start. */
    PEER
}
