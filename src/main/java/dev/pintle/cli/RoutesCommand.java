package dev.pintle.cli;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import java.io.PrintStream;
import java.time.InstantSource;

/** {@code routes}: moves all routes from and to files. */
public final class RoutesCommand<C extends Configuration & CommandConfiguration> extends CommandGroup<C> {
    public RoutesCommand(Application<C> application) {
        this(application, System.out);
    }

    RoutesCommand(Application<C> application, PrintStream out) {
        super(
                application,
                out,
                "routes",
                "Moves routes from and to files",
                new ExportRoutes(),
                new ImportRoutes(InstantSource.system()),
                new ValidateRoutes());
    }
}
