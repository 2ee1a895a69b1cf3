package dev.pintle.files;

import java.io.IOException;

/** A file or directory that the node cannot use. The message gives the cause, the path and the remedy. */
public final class FileAccessException extends IOException {
    private static final long serialVersionUID = 1L;

    public FileAccessException(String message) {
        super(message);
    }

    public FileAccessException(String message, IOException cause) {
        super(message, cause);
    }
}
