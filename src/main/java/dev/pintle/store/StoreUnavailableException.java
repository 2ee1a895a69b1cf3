package dev.pintle.store;

/** PostgreSQL did not answer, not in time, or not with what can be relied on. Reads may be repeated; a write may or may not have been made. */
public sealed class StoreUnavailableException extends Exception permits StoreReadOnlyException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message) {
        super(message);
    }

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
