package dev.pintle.testing;

import dev.pintle.app.PintleApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A version of the gateway to run.
 *
 * @param classPath the options of the JVM for the classes
 * @param configuration the config.yml of the version
 */
public record GatewayProgram(List<String> classPath, Path configuration) {
    public GatewayProgram {
        classPath = List.copyOf(classPath);
    }

    /** The version that the tests are compiled with. */
    public static GatewayProgram ofTests() {
        return new GatewayProgram(ChildClasses.options(path -> true), Path.of("config.yml"));
    }

    /** The version in a jar. */
    public static GatewayProgram ofJar(Path jar, Path configuration) {
        return new GatewayProgram(List.of("-cp", jar.toString()), configuration);
    }

    /** The command that starts it. */
    List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(ChildJvm.java());
        command.addAll(options);
        command.addAll(classPath);
        command.addAll(List.of(PintleApplication.class.getName(), "server", configuration.toString()));
        return command;
    }
}
