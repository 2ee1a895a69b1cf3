package dev.pintle.command;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;

/** {@code db}: the schema of the database. */
public final class DatabaseCommand<C extends Configuration & Settings> extends ActionCommand<C> {
    public DatabaseCommand(Application<C> application) {
        super(application, "db", "Looks after the schema of the database", new Migrate(), new Info());
    }
}
