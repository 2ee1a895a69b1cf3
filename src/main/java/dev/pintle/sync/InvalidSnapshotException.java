package dev.pintle.sync;

/** A snapshot that is there but cannot be relied on. The message is a sentence for the operator. */
final class InvalidSnapshotException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSnapshotException(String message) {
        super(message);
    }
}
