package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.ImportFile;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Specs;
import java.io.PrintStream;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code routes check}: validates a file as {@code routes import} does, without a database. */
final class ValidateRoutes implements Subcommand {
    private static final String FILE = "FILE";

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String description() {
        return "Validates a file as import does, without a database";
    }

    @Override
    public void arguments(Subparser parser) {
        parser.addArgument(FILE).help("routes and defaults as JSON, or a simple route file");
    }

    @Override
    public void run(CommandConfiguration settings, Namespace arguments, PrintStream out)
            throws CommandException, InvalidSpecException {
        JsonNode json = RouteFile.read(Path.of(arguments.getString(FILE)));
        ImportFile file = ImportFile.of(json, settings.routeValidator().under(Specs.NONE));
        out.println("The file is valid. Routes: " + file.routes().size()
                + (file.defaults() == null ? "" : "; with defaults") + '.');
    }
}
