package dev.pintle.admin.auth;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The token that a node makes for itself at its first start: a file that its owner alone can read. */
public final class TokenFile {
    private static final int SECRET_BYTES = 32;

    private final Path path;

    /** @param folder is made when it is missing */
    public TokenFile(Path folder) {
        this.path = folder.resolve("admin.token");
    }

    public Path path() {
        return path;
    }

    /**
     * The token in the file, which is made when it is missing.
     *
     * @throws IOException when the file can neither be made nor read
     * @throws IllegalArgumentException with a sentence, when there is no usable token in it
     */
    public AdminToken read(SecureRandom random) throws IOException {
        make(random);
        return AdminToken.admin(Files.readString(path).strip(), path.toString());
    }

    private void make(SecureRandom random) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        try {
            Files.createFile(path, ownerOnly());
        } catch (FileAlreadyExistsException e) {
            return;
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        Files.writeString(path, Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + '\n');
    }

    /** From the first moment on, where the file system knows owners. */
    private FileAttribute<?>[] ownerOnly() {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
