package dev.pintle.config;

/**
 * Signals that a text is not JSON, or is ambiguous. The message is a sentence without its subject. It has no stack trace: clients
 * cause it.
 */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param line the first line is 1, the first column too
     */
    MalformedJsonException(String fault, int line, int column) {
        super("cannot be read as JSON at line " + line + ", column " + column + ": " + fault, null, false, false);
    }
}
