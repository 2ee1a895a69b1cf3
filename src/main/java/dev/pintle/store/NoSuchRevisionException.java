package dev.pintle.store;

/** The history does not hold the revision that is asked for. */
public final class NoSuchRevisionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean pruned;

    /** @param pruned whether the revision existed once */
    NoSuchRevisionException(String message, boolean pruned) {
        super(message);
        this.pruned = pruned;
    }

    public boolean isPruned() {
        return pruned;
    }
}
