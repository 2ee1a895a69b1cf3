package dev.pintle.embedded;

/** The embedded PostgreSQL does not start or stop. The message is for the operator. */
public final class EmbeddedDatabaseException extends Exception {
    private static final long serialVersionUID = 1L;

    EmbeddedDatabaseException(String message) {
        super(message);
    }

    EmbeddedDatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
