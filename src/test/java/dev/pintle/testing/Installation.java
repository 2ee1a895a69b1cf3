package dev.pintle.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An installation of Pintle in its own directory: {@code bin}, {@code config.yml} and a jar. */
public final class Installation {
    /** The option for {@code JAVA_OPTS} of a process that ends within seconds. */
    public static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private final Path directory;

    private Installation(Path directory) {
        this.directory = directory;
    }

    /** Creates an installation. Its jar refers to the class path of the tests. */
    public static Installation create() {
        Path directory = TestDirectories.create("installation-");
        try (Stream<Path> scripts = Files.list(Path.of("bin"))) {
            Files.createDirectory(directory.resolve("bin"));
            for (Path script : scripts.toList()) {
                Path copy = Files.copy(script, directory.resolve(script));
                Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(script));
            }
            Files.copy(Path.of("config.yml"), directory.resolve("config.yml"));
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
            Path jar = Files.createDirectory(directory.resolve("lib")).resolve("pintle.jar");
            new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Installation(directory);
    }

    /** Returns the directory. */
    public Path path() {
        return directory;
    }

    /** Starts a script of {@code bin} with the Java of the tests. */
    public ChildJvm run(Map<String, String> environment, String script, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(directory.resolve("bin").resolve(script).toString());
        command.addAll(List.of(arguments));
        Map<String, String> all = new HashMap<>(Map.of("PINTLE_JAVA_HOME", System.getProperty("java.home")));
        all.putAll(environment);
        return ChildJvm.run(command, all);
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toUri())
                .map(URI::toString)
                .collect(Collectors.joining(" "));
    }
}
