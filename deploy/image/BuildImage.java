import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes the image as a tar in the OCI layout, without a Docker engine: BASE ROOT CREATED VERSION OUT. ROOT is the tree that bin/image
 * lays out. The times of its files, CREATED and the digest of BASE decide the digest of the image.
 */
class BuildImage {
    private static final String USER = "65532:65532";

    public static void main(String[] arguments) throws Exception {
        String base = arguments[0];
        Path root = Path.of(arguments[1]);
        Instant created = Instant.ofEpochSecond(Long.parseLong(arguments[2]));
        String version = arguments[3];
        Path out = Path.of(arguments[4]);
        JibContainerBuilder image = (base.startsWith("tar://")
                        ? Jib.from(TarImage.at(Path.of(base.substring("tar://".length()))))
                        : Jib.from(base))
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform(architecture(), "linux")))
                .setCreationTime(created)
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/opt/pintle"))
                .setEntrypoint("/opt/pintle/bin/pintle")
                .setProgramArguments("server", "config.yml")
                .setEnvironment(Map.of(
                        "PATH", "/opt/pintle/bin:/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "PINTLE_JAVA_HOME", "/opt/java",
                        "PINTLE_DATA", "/var/lib/pintle/data"))
                .setExposedPorts(Set.of(Port.tcp(8080), Port.tcp(8081)))
                .setLabels(Map.of(
                        "org.opencontainers.image.title", "Pintle",
                        "org.opencontainers.image.description", "An HTTP API gateway",
                        "org.opencontainers.image.version", version,
                        "org.opencontainers.image.licenses", "Apache-2.0"));
        // One layer for each rate of change: a new version of Pintle leaves the JRE as it is.
        for (String tree : List.of("opt/java", "opt/pintle", "var")) {
            image.addFileEntriesLayer(layer(root, tree));
        }
        // A cache of its own, so that two builds prove something.
        Path cache = Path.of(out + ".cache");
        JibContainer built = image.containerize(Containerizer.to(TarImage.at(out).named("pintle:" + version))
                .setApplicationLayersCache(cache)
                .setBaseImageLayersCache(cache)
                .setOfflineMode(base.startsWith("tar://")));
        System.out.println("Wrote " + out + ", digest " + built.getDigest());
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    /** Others may read everything, and write to the parent of the data directory, because the user of a container may be any. */
    private static FileEntriesLayer layer(Path root, String tree) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(tree);
        try (Stream<Path> files = Files.walk(root.resolve(tree))) {
            for (Path file : files.sorted().toList()) {
                String name = "/" + root.relativize(file);
                boolean isRunnable = Files.isDirectory(file) || Files.isExecutable(file);
                String mode = name.equals("/var/lib/pintle") ? "777" : isRunnable ? "755" : "644";
                layer.addEntry(
                        file,
                        AbsoluteUnixPath.get(name),
                        FilePermissions.fromOctalString(mode),
                        Files.getLastModifiedTime(file).toInstant());
            }
        }
        return layer.build();
    }
}
