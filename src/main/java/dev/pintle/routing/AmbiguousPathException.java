package dev.pintle.routing;

/** A path that does not mean one thing to every reader. */
final class AmbiguousPathException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong, to be read after "the path" */
    AmbiguousPathException(String reason) {
        super(reason, null, false, false);
    }
}
