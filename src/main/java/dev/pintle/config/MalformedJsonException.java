package dev.pintle.config;

/** Text that is not JSON, or JSON that leaves open what it means; with the place. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param line and {@code column} count from 1 */
    MalformedJsonException(String fault, int line, int column) {
        super("not JSON at line " + line + ", column " + column + ": " + fault);
    }
}
