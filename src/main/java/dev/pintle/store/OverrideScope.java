package dev.pintle.store;

/** The nodes that follow an override. */
public enum OverrideScope {
    CLUSTER,
    /** This node only, because PostgreSQL has not stored the override yet. */
    NODE
}
