package dev.pintle.sync;

/** The snapshot is missing, unreadable or damaged. The message is for the operator. */
final class InvalidSnapshotException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSnapshotException(String message) {
        super(message);
    }
}
