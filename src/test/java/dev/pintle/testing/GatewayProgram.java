package dev.pintle.testing;

import dev.pintle.app.PintleApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A version of the gateway to run.
 *
 * @param classPath the classes of the tests, or a jar
 * @param configuration the config.yml of the version
 */
public record GatewayProgram(String classPath, Path configuration) {
    /** The version that the tests are compiled with. */
    public static GatewayProgram ofTests() {
        return new GatewayProgram(ChildJvm.classPath(path -> true), Path.of("config.yml"));
    }

    /** The command that starts it. */
    List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath));
        command.addAll(List.of(PintleApplication.class.getName(), "server", configuration.toString()));
        return command;
    }
}
