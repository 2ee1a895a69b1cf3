package dev.pintle.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a node's own files: admin token, snapshot, key sets, embedded PostgreSQL. Only its owner can read it.
 *
 * @param path as configured
 */
public record DataDirectory(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    private static final String TOKEN = "admin.token";
    private static final String SNAPSHOT = "snapshot.json";
    private static final String KEY_SETS = "key-sets.json";
    private static final String POSTGRES = "postgres";

    /**
     * Creates the directory, or checks the one that exists. If the directory contains only files of the node, this removes
     * the access of other users.
     *
     * @throws FileAccessException when the directory cannot be created or written, or stays accessible to other users
     */
    public static DataDirectory open(Path path) throws FileAccessException {
        DataDirectory directory = new DataDirectory(path);
        try {
            Permissions.createDirectories(path);
            directory.closeToOthers();
            Files.delete(Files.createTempFile(path, SNAPSHOT, ".probe"));
        } catch (FileAccessException e) {
            throw e;
        } catch (IOException e) {
            throw new FileAccessException(
                    "Cannot write to the data directory " + path + ": " + FileErrors.cause(e) + ". Let the user \""
                            + System.getProperty("user.name")
                            + "\" write there, or set PINTLE_DATA to another directory.",
                    e);
        }
        return directory;
    }

    public Path adminToken() {
        return path.resolve(TOKEN);
    }

    public Path snapshot() {
        return path.resolve(SNAPSHOT);
    }

    /** The key sets of identity providers. */
    public Path keySets() {
        return path.resolve(KEY_SETS);
    }

    /** The data of embedded PostgreSQL; its binaries, lock and log are beside it. */
    public Path postgres() {
        return path.resolve(POSTGRES);
    }

    private void closeToOthers() throws IOException {
        Permissions permissions = Permissions.of(path);
        List<Path> content = content();
        if (permissions.admitOthers()) {
            if (permissions.letOthersWrite() || !content.stream().allMatch(DataDirectory::isOurs)) {
                throw exposed(permissions);
            }
            restrict(permissions);
        }
        content.stream().filter(DataDirectory::isOurs).forEach(DataDirectory::restrictFile);
    }

    private List<Path> content() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::exists).toList();
        }
    }

    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return name.equals(TOKEN)
                || name.startsWith(SNAPSHOT)
                || name.startsWith(KEY_SETS)
                || name.startsWith(POSTGRES);
    }

    private void restrict(Permissions permissions) throws FileAccessException {
        try {
            permissions.restrict(path);
        } catch (IOException e) {
            throw exposed(permissions);
        }
        LOG.warn(
                "Other users could access the data directory {} ({}); now only its owner can."
                        + " To replace the admin token, delete {} and restart.",
                path,
                permissions,
                adminToken());
    }

    /** The directory protects the file already. */
    private static void restrictFile(Path file) {
        try {
            Permissions permissions = Permissions.of(file);
            if (permissions.admitOthers()) {
                permissions.restrict(file);
            }
        } catch (IOException e) {
            LOG.debug("Cannot restrict the permissions of {}: {}", file, FileErrors.cause(e));
        }
    }

    private FileAccessException exposed(Permissions permissions) {
        return new FileAccessException("Other users can access the data directory " + path + " (" + permissions
                + "). Run \"chmod go-rwx " + path
                + "\" if Pintle alone uses it, or set PINTLE_DATA"
                + " to a directory of its own, such as " + path.resolve("pintle") + '.');
    }
}
