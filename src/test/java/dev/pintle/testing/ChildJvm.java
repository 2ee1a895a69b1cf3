package dev.pintle.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A class of the tests in its own process. Closing kills the process if it still runs. */
public final class ChildJvm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path out;
    private final Path err;

    private ChildJvm(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    public static ChildJvm start(Class<?> main, Map<String, String> environment, String... arguments) {
        return start(main, path -> true, environment, arguments);
    }

    /**
     * Starts a class with a part of the class path of the tests.
     *
     * @param classPathFilter selects the entries for the child
     */
    public static ChildJvm start(
            Class<?> main, Predicate<String> classPathFilter, Map<String, String> environment, String... arguments) {
        List<String> options = new ArrayList<>(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
        coverageAgent().ifPresent(options::add);
        return start(options, main, classPathFilter, environment, arguments);
    }

    /** Returns the option of this JVM that measures the coverage, so that a child adds what it runs. */
    private static Optional<String> coverageAgent() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-javaagent:") && option.contains("jacoco"))
                .findFirst();
    }

    /**
     * Starts a class with JVM options.
     *
     * @param options such as {@code -Xmx96m}
     */
    public static ChildJvm start(
            List<String> options, Class<?> main, Map<String, String> environment, String... arguments) {
        return start(options, main, path -> true, environment, arguments);
    }

    private static ChildJvm start(
            List<String> options,
            Class<?> main,
            Predicate<String> classPathFilter,
            Map<String, String> environment,
            String... arguments) {
        return run(command(options, main, classPathFilter, arguments), environment);
    }

    /** Returns the command that starts a JVM like this one. */
    public static List<String> command(
            List<String> options, Class<?> main, Predicate<String> classPathFilter, String... arguments) {
        List<String> command = new ArrayList<>(java());
        command.addAll(options);
        command.addAll(ChildClasses.options(classPathFilter));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns the beginning of a command that starts a JVM like this one. */
    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED");
    }

    /** Starts any command, which may start a JVM. */
    public static ChildJvm run(List<String> command, Map<String, String> environment) {
        try {
            Path folder = TestDirectories.create("child-");
            Path out = folder.resolve("stdout");
            Path err = folder.resolve("stderr");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PINTLE_") || name.startsWith("DATABASE_"));
            // The lines for awaitLine are text.
            builder.environment().put("LOG_FORMAT", "text");
            builder.environment().putAll(environment);
            return new ChildJvm(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Process process() {
        return process;
    }

    /** Returns the standard output so far. */
    public String out() {
        return read(out);
    }

    /** Returns the standard error so far. */
    public String err() {
        return read(err);
    }

    /** Waits for a line of standard output with this beginning, and returns the rest of it. */
    public String awaitLine(String beginning) {
        await().atMost(PATIENCE).until(() -> !process.isAlive() || rest(beginning) != null);
        assertThat(rest(beginning))
                .as("a line \"%s…\" in: %s%s", beginning, out(), err())
                .isNotNull();
        return rest(beginning);
    }

    /** Waits for the end of the process. */
    public int awaitExit() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("the process ends; its output: %s%s", out(), err())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGTERM. */
    public int stop() {
        TestClient.closeIdleConnections();
        process.destroy();
        return awaitExit();
    }

    /** Sends SIGKILL. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit();
    }

    private String rest(String beginning) {
        // The last line may be incomplete.
        String text = out();
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()).strip())
                .findFirst()
                .orElse(null);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
