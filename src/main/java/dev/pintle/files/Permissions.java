package dev.pintle.files;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** POSIX permissions of a file or directory. On a file system without them, only the owner has access. */
public final class Permissions {
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final Set<PosixFilePermission> OWNERS_FILE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Set<PosixFilePermission> permissions;

    private Permissions(Set<PosixFilePermission> permissions) {
        this.permissions = permissions;
    }

    static Permissions of(Path path) throws IOException {
        return new Permissions(
                arePosix(path.getFileSystem())
                        ? Files.getPosixFilePermissions(path)
                        : EnumSet.noneOf(PosixFilePermission.class));
    }

    /** Creates a directory, and the missing ones above it, that only the owner can access. An existing one stays as it is. */
    public static void createDirectories(Path path) throws IOException {
        Files.createDirectories(path, mode(path, OWNERS));
    }

    /**
     * Creates an empty file that only the owner can read and write.
     *
     * @throws java.nio.file.FileAlreadyExistsException when a file of this name exists
     */
    public static void createFile(Path path) throws IOException {
        Files.createFile(path, mode(path, OWNERS_FILE));
    }

    /** Whether the group or other users have any access. */
    boolean admitOthers() {
        return !OWNERS.containsAll(permissions);
    }

    boolean letOthersWrite() {
        return permissions.stream().anyMatch(WRITE_OF_OTHERS::contains);
    }

    /** Removes all access of the group and of other users. */
    void restrict(Path path) throws IOException {
        Set<PosixFilePermission> rest = EnumSet.copyOf(OWNERS);
        rest.retainAll(permissions);
        Files.setPosixFilePermissions(path, rest);
    }

    /** As {@code ls} shows them, such as {@code rwxr-xr-x}. */
    @Override
    public String toString() {
        return PosixFilePermissions.toString(permissions);
    }

    private static FileAttribute<?>[] mode(Path path, Set<PosixFilePermission> permissions) {
        return arePosix(path.getFileSystem())
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean arePosix(FileSystem system) {
        return system.supportedFileAttributeViews().contains("posix");
    }
}
