package dev.pintle.cli;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.cli.Command;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;

/** The commands that save the configuration of a database and restore it. */
public final class BackupCommands {
    private BackupCommands() {}

    /** Returns all commands. */
    public static <C extends Configuration & CommandConfiguration> List<Command> all(Application<C> application) {
        return all(application, System.out);
    }

    static <C extends Configuration & CommandConfiguration> List<Command> all(
            Application<C> application, PrintStream out) {
        return List.of(
                new SingleActionCommand<>(application, out, new SaveBackup(InstantSource.system())),
                new SingleActionCommand<>(application, out, new RestoreBackup()));
    }
}
