package dev.pintle.cli;

import io.dropwizard.core.cli.Command;
import java.io.PrintStream;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The commands for the configuration of a running node: its history, its files and its lint. */
public final class HistoryCommands {
    private HistoryCommands() {}

    /** Returns all commands. */
    public static List<Command> all() {
        return all(System.out, System::getenv);
    }

    static List<Command> all(PrintStream out, UnaryOperator<@Nullable String> environment) {
        return List.of(
                new LogCommand(out, environment),
                new ShowCommand(out, environment),
                new DiffCommand(out, environment),
                new RestoreCommand(out, environment),
                new RevertCommand(out, environment),
                new SyncCommand(out, environment),
                new ImportCommand(out),
                new ConfirmCommand(out, environment),
                new LintCommand(out, environment),
                new NodesCommand(out, environment));
    }
}
