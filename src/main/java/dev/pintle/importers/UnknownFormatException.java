package dev.pintle.importers;

/** A document has another format. The message completes a sentence that begins with the name of the file. */
public final class UnknownFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownFormatException(String message) {
        super(message);
    }
}
