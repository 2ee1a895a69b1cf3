package dev.pintle.cli;

import dev.pintle.config.Configuration;
import dev.pintle.config.UnreadableDocument;
import dev.pintle.embedded.EmbeddedDatabaseException;
import dev.pintle.files.FileAccessException;
import dev.pintle.store.StoreUnavailableException;
import java.io.PrintStream;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code routes export}: writes the whole configuration as JSON for {@code routes import}. */
final class ExportRoutes implements Subcommand {
    private static final String FILE = "FILE";

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String description() {
        return "Writes all routes and the defaults as JSON for import";
    }

    @Override
    public void arguments(Subparser parser) {
        parser.addArgument(FILE).nargs("?").help("the file to write; by default standard output");
    }

    @Override
    public void run(CommandConfiguration settings, Namespace arguments, PrintStream out)
            throws CommandException, FileAccessException, EmbeddedDatabaseException, StoreUnavailableException {
        Configuration configuration;
        try (CommandDatabase database = CommandDatabase.open(settings)) {
            configuration = database.routes().readAll();
        }
        if (!configuration.unreadable().isEmpty()) {
            UnreadableDocument document = configuration.unreadable().getFirst();
            throw new CommandException("Cannot export the " + document.kind() + " \"" + document.id()
                    + "\": its stored document " + document.reason()
                    + ". Replace or delete it through the admin API, then export again.");
        }
        String file = arguments.getString(FILE);
        if (file == null) {
            out.print(RouteFile.text(configuration));
        } else {
            RouteFile.write(Path.of(file), RouteFile.text(configuration));
            out.println("Routes: " + configuration.routes().size() + "; revision " + configuration.revision());
        }
    }
}
