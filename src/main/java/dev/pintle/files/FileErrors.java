package dev.pintle.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** The cause of a file error in words: the message of several exceptions is the path alone. */
public final class FileErrors {
    private FileErrors() {}

    /** The cause, without the path, such as {@code permission denied}. */
    public static String cause(IOException error) {
        return switch (error) {
            case NoSuchFileException missing -> "no such file or directory";
            case AccessDeniedException denied -> "permission denied";
            case NotDirectoryException notDirectory -> "not a directory";
            case FileAlreadyExistsException exists -> "a file of this name exists";
            case FileSystemException other when other.getReason() != null -> inMidSentence(other.getReason());
            default -> inMidSentence(String.valueOf(error.getMessage()));
        };
    }

    private static String inMidSentence(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
