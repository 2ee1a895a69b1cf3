package dev.pintle.cli;

import dev.pintle.backup.BackupWriter;
import dev.pintle.embedded.EmbeddedDatabaseException;
import dev.pintle.files.FileAccessException;
import dev.pintle.files.FileErrors;
import dev.pintle.store.BackupHistory;
import dev.pintle.store.BackupTable;
import dev.pintle.store.StoreUnavailableException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code backup}: saves the configuration, the hashes of credentials and the history in a file. */
final class SaveBackup implements Subcommand {
    private static final String FILE = "FILE";

    private final InstantSource clock;

    /** @param clock the clock for the time in the file */
    SaveBackup(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String description() {
        return "Saves the configuration, the hashes of credentials and the history in a file for restore-backup";
    }

    @Override
    public void arguments(Subparser parser) {
        parser.addArgument(FILE).help("the file to write or replace; only its owner can read it");
        parser.addArgument("--no-history")
                .action(Arguments.storeTrue())
                .help("save the latest revision only, without earlier ones");
    }

    @Override
    public void run(CommandConfiguration settings, Namespace arguments, PrintStream out)
            throws CommandException, EmbeddedDatabaseException, FileAccessException, StoreUnavailableException {
        Path file = Path.of(arguments.getString(FILE));
        BackupHistory history = arguments.getBoolean("no_history") ? BackupHistory.LATEST : BackupHistory.ALL;
        try (CommandDatabase database = CommandDatabase.open(settings)) {
            out.println(save(database, history, file));
        }
    }

    private String save(CommandDatabase database, BackupHistory history, Path file)
            throws CommandException, StoreUnavailableException {
        Map<BackupTable, Integer> rows = new EnumMap<>(BackupTable.class);
        try (BackupWriter writer = BackupWriter.open(file, clock.instant())) {
            long revision = database.backups().read(history, row -> {
                writer.write(row);
                rows.merge(row.table(), 1, Integer::sum);
            });
            writer.finish();
            return "Saved revision " + revision + " in " + file + ". Routes: " + count(rows, BackupTable.ROUTE)
                    + "; consumers and identity providers: " + count(rows, BackupTable.ENTITY) + "; credentials: "
                    + count(rows, BackupTable.CREDENTIAL) + "; revisions: " + count(rows, BackupTable.REVISION) + '.';
        } catch (IOException e) {
            throw new CommandException("Cannot write " + file + ": " + FileErrors.cause(e) + '.', e);
        }
    }

    private static int count(Map<BackupTable, Integer> rows, BackupTable table) {
        return rows.getOrDefault(table, 0);
    }
}
