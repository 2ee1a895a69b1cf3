package dev.pintle.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Measures the heap of another JVM with the tools of the JDK. */
final class Heap {
    private static final Pattern SPACE = Pattern.compile("total [0-9]+K, used ([0-9]+)K");

    private Heap() {}

    /** Returns the live heap in MiB after a garbage collection. */
    static double afterCollection(long pid) {
        jcmd(pid, "GC.run");
        return SPACE.matcher(jcmd(pid, "GC.heap_info"))
                        .results()
                        .mapToLong(space -> Long.parseLong(space.group(1)))
                        .sum()
                / 1024.0;
    }

    private static String jcmd(long pid, String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
