package dev.pintle.routing.path;

/** A path that does not mean one thing to every reader. */
public final class AmbiguousPathException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong, to be read after "the path" */
    AmbiguousPathException(String reason) {
        super(reason, null, false, false);
    }
}
