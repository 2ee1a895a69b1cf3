package dev.pintle.routing.path;

/** Signals a path that different servers may interpret as different resources. */
public final class AmbiguousPathException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param reason the cause, as the rest of a sentence that begins with "the path"
     */
    AmbiguousPathException(String reason) {
        super(reason, null, false, false);
    }
}
