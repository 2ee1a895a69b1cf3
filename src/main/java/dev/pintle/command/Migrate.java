package dev.pintle.command;

import dev.pintle.local.LocalFailure;
import dev.pintle.store.StoreUnavailableException;
import java.io.PrintStream;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code db migrate}: brings the schema to what this version needs. */
final class Migrate implements Action {
    @Override
    public String name() {
        return "migrate";
    }

    @Override
    public String description() {
        return "Brings the schema of the database up to date";
    }

    @Override
    public void run(Settings settings, Namespace arguments, PrintStream out)
            throws CommandFailure, LocalFailure, StoreUnavailableException {
        try (Database database = Database.open(settings)) {
            out.println("Migrations applied: " + database.migrations().apply() + ". The schema is up to date.");
        }
    }
}
