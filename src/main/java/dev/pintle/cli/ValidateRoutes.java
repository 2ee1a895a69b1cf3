package dev.pintle.cli;

import dev.pintle.config.ImportFile;
import dev.pintle.config.InvalidSpecException;
import java.io.PrintStream;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code routes check}: what {@code routes import} would find wrong with a file, without a database. */
final class ValidateRoutes implements Subcommand {
    private static final String FILE = "FILE";

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String description() {
        return "Prints what is wrong with a file, without a database";
    }

    @Override
    public void arguments(Subparser parser) {
        parser.addArgument(FILE).help("routes and defaults as JSON, or a flat table");
    }

    @Override
    public void run(CommandConfiguration settings, Namespace arguments, PrintStream out)
            throws CommandException, InvalidSpecException {
        ImportFile file = RouteFile.read(Path.of(arguments.getString(FILE)));
        out.println("Nothing is wrong. Routes: " + file.routes().size()
                + (file.defaults() == null ? "" : "; defaults too") + '.');
    }
}
