package dev.pintle.store;

/** PostgreSQL answers but refuses writes: it is read-only, its disk is full, or a privilege is missing. */
public final class StoreReadOnlyException extends StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    StoreReadOnlyException(String message, Throwable cause) {
        super(message, cause);
    }
}
