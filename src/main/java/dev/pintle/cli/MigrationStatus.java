package dev.pintle.cli;

import dev.pintle.embedded.EmbeddedDatabaseException;
import dev.pintle.files.FileAccessException;
import dev.pintle.store.Migrations.Migration;
import dev.pintle.store.StoreUnavailableException;
import java.io.PrintStream;
import java.util.Locale;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code db info}: prints every migration and its state. */
final class MigrationStatus implements Subcommand {
    @Override
    public String name() {
        return "info";
    }

    @Override
    public String description() {
        return "Prints every migration of the database and its state";
    }

    @Override
    public void run(CommandConfiguration settings, Namespace arguments, PrintStream out)
            throws CommandException, FileAccessException, EmbeddedDatabaseException, StoreUnavailableException {
        try (CommandDatabase database = CommandDatabase.open(settings)) {
            for (Migration migration : database.migrations().info()) {
                out.printf(
                        Locale.ROOT,
                        "%-4s %-10s %s%n",
                        migration.version(),
                        migration.state(),
                        migration.description());
            }
        }
    }
}
