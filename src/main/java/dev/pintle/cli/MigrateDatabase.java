package dev.pintle.cli;

import dev.pintle.embedded.EmbeddedDatabaseException;
import dev.pintle.files.FileAccessException;
import dev.pintle.store.StoreUnavailableException;
import java.io.PrintStream;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code db migrate}: migrates the schema to this version. */
final class MigrateDatabase implements Subcommand {
    @Override
    public String name() {
        return "migrate";
    }

    @Override
    public String description() {
        return "Migrates the schema of the database to this version";
    }

    @Override
    public void run(CommandConfiguration settings, Namespace arguments, PrintStream out)
            throws CommandException, FileAccessException, EmbeddedDatabaseException, StoreUnavailableException {
        try (CommandDatabase database = CommandDatabase.open(settings)) {
            out.println("Migrations applied: " + database.migrations().apply() + ". The schema is up to date.");
        }
    }
}
