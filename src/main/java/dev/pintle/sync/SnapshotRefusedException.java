package dev.pintle.sync;

/** A snapshot that is there but cannot be relied on. The message is a sentence for the operator. */
final class SnapshotRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    SnapshotRefusedException(String message) {
        super(message);
    }
}
