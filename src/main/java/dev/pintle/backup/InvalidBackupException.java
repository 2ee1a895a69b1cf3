package dev.pintle.backup;

/** A file that is no backup, or that this version cannot restore. The message gives the cause and the remedy. */
public final class InvalidBackupException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidBackupException(String message) {
        super(message);
    }
}
