package dev.pintle.config;

/** The text is not JSON, or is ambiguous. The message is a sentence without its subject. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A fault at a place.
     *
     * @param line begins at 1, as does {@code column}
     */
    MalformedJsonException(String fault, int line, int column) {
        super("cannot be read as JSON at line " + line + ", column " + column + ": " + fault);
    }
}
