package dev.pintle.cli;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import java.io.PrintStream;

/** {@code db}: migrates the schema of the database. */
public final class DatabaseCommand<C extends Configuration & CommandConfiguration> extends CommandGroup<C> {
    public DatabaseCommand(Application<C> application) {
        this(application, System.out);
    }

    DatabaseCommand(Application<C> application, PrintStream out) {
        super(
                application,
                out,
                "db",
                "Manages the schema of the database",
                new MigrateDatabase(),
                new MigrationStatus());
    }
}
