package dev.pintle.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;

/** One PEM file. No message shows its content. */
public record PemFile(Path path) {
    /**
     * Reads the text of the file.
     *
     * @throws IllegalArgumentException when the file is unreadable
     */
    public String read() {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("the file " + path + " does not exist.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file " + path + " cannot be read (" + e.getClass().getSimpleName() + ").", e);
        }
    }

    /**
     * Parses the text of the file.
     *
     * @param parser throws an {@link IllegalArgumentException} whose message continues a sentence that begins with the file
     * @throws IllegalArgumentException with a sentence that names the file
     */
    public <T> T parse(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the file " + path + ' ' + e.getMessage() + '.', e);
        }
    }
}
