package dev.pintle.store;

/** PostgreSQL failed or did not answer in time. Reads can be repeated; a write may or may not be committed. */
public sealed class StoreUnavailableException extends Exception permits StoreReadOnlyException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message) {
        super(message);
    }

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
