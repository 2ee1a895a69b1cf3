package dev.pintle.identity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last key sets of the identity providers on disk, so that a node verifies tokens after a restart although a provider
 * is unavailable. A damaged file counts as empty: the node fetches the keys again. Thread-safe.
 */
public final class KeySetFile {
    private static final Logger LOG = LoggerFactory.getLogger(KeySetFile.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Path path;

    public KeySetFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /** Reads the key sets; none when the file is absent or damaged. */
    public List<SavedKeySet> read() {
        try {
            return JSON.readValue(Files.readAllBytes(path), new TypeReference<List<SavedKeySet>>() {});
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            LOG.warn(
                    "Cannot read the key sets in {}: {}. Fetching them from the identity providers.",
                    path,
                    e.toString());
            return List.of();
        }
    }

    /** Replaces the file. After a failure, the previous file stays. */
    public synchronized void write(List<SavedKeySet> keySets) {
        try {
            // The JDK creates temporary files that only their owner can read.
            Path next = Files.createTempFile(path.resolveSibling(""), path.getFileName() + ".", ".tmp");
            try {
                Files.write(next, JSON.writeValueAsBytes(keySets));
                Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            LOG.warn(
                    "Cannot write the key sets to {}: {}. After a restart the node must fetch them before it accepts"
                            + " tokens. Free disk space, or grant write access to the directory.",
                    path,
                    e.toString());
        }
    }
}
