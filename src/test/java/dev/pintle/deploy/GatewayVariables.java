package dev.pintle.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The environment variables that {@code config.yml} and {@code bin/pintle} read. */
final class GatewayVariables {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Z_]+)(?::-([^}]*))?}");

    private GatewayVariables() {}

    static Set<String> read() throws IOException {
        String scripts = Files.readString(Path.of("config.yml")) + Files.readString(Path.of("bin/pintle"));
        return REFERENCE
                .matcher(scripts)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The value of config.yml for a variable that is not set. */
    static String builtIn(String name) throws IOException {
        Matcher reference =
                Pattern.compile("\\$\\{" + name + ":-([^}]*)}").matcher(Files.readString(Path.of("config.yml")));
        if (!reference.find()) {
            throw new IllegalArgumentException("config.yml does not read " + name);
        }
        return reference.group(1);
    }
}
