package dev.pintle.store;

/** The history lacks the requested revision. */
public final class NoSuchRevisionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean pruned;

    /** @param pruned whether the revision existed before */
    NoSuchRevisionException(String message, boolean pruned) {
        super(message);
        this.pruned = pruned;
    }

    public boolean isPruned() {
        return pruned;
    }
}
