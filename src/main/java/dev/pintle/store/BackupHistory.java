package dev.pintle.store;

/** The revisions of a backup. */
public enum BackupHistory {
    /** All revisions with their changes. */
    ALL,
    /** The latest revision and its changes. */
    LATEST
}
