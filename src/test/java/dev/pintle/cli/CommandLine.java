package dev.pintle.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pintle.routing.table.EffectiveRouteValidator;
import dev.pintle.store.DatabaseConfiguration;
import dev.pintle.testing.TestRoutes;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.logging.common.ExternalLoggingFactory;
import io.dropwizard.util.JarLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs commands and captures their output. */
final class CommandLine {
    private final Path folder;
    private final Path configuration;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private int status;

    /** @param url the database; blank for none */
    CommandLine(Path folder, String url) {
        this.folder = folder;
        this.configuration = file("config.yml", "{database: {url: \"%s\"}, data: \"%s\"}".formatted(url, folder));
    }

    /** Writes a file for a command. */
    Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path configuration() {
        return configuration;
    }

    /** Runs a command and returns whether it succeeded. */
    boolean run(Object... words) {
        out.reset();
        err.reset();
        Tool tool = new Tool();
        Bootstrap<Notebook> bootstrap = new Bootstrap<>(tool);
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        bootstrap.addCommand(new DatabaseCommand<>(tool, printed));
        bootstrap.addCommand(new RoutesCommand<>(tool, printed));
        BackupCommands.all(tool, printed).forEach(bootstrap::addCommand);
        HistoryCommands.all(printed, environment::get).forEach(bootstrap::addCommand);
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        Optional<Throwable> fault = new Cli(new JarLocation(getClass()), bootstrap, out, err).run(arguments);
        status = fault.map(ExitStatusException::of).orElse(0);
        return fault.isEmpty();
    }

    /** Sets an environment variable for later commands. */
    CommandLine set(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** The exit status of the last command. */
    int status() {
        return status;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** The configuration for commands. */
    static final class Notebook extends Configuration implements CommandConfiguration {
        @JsonProperty
        private DatabaseConfiguration database;

        @JsonProperty
        private Path data;

        Notebook() {
            setLoggingFactory(new ExternalLoggingFactory());
        }

        @Override
        public DatabaseConfiguration database() {
            return database;
        }

        @Override
        public Path dataDirectory() {
            return data;
        }

        @Override
        public EffectiveRouteValidator routeValidator() {
            return TestRoutes.VALIDATOR;
        }
    }

    private static final class Tool extends Application<Notebook> {
        @Override
        public void run(Notebook configuration, Environment environment) {
            throw new UnsupportedOperationException("commands start no server");
        }
    }
}
