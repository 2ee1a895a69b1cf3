package dev.pintle.cli;

import dev.pintle.backup.BackupReader;
import dev.pintle.backup.InvalidBackupException;
import dev.pintle.embedded.EmbeddedDatabaseException;
import dev.pintle.files.FileAccessException;
import dev.pintle.files.FileErrors;
import dev.pintle.store.Author;
import dev.pintle.store.DatabaseNotEmptyException;
import dev.pintle.store.StoreUnavailableException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code restore-backup}: restores a backup into an empty database, completely or not at all. */
final class RestoreBackup implements Subcommand {
    private static final String FILE = "FILE";

    @Override
    public String name() {
        return "restore-backup";
    }

    @Override
    public String description() {
        return "Restores a backup into an empty database, completely or not at all";
    }

    @Override
    public void arguments(Subparser parser) {
        parser.addArgument(FILE).help("a file that backup wrote");
        parser.addArgument("--author").metavar("NAME").help("the author; by default the user of the operating system");
    }

    @Override
    public void run(CommandConfiguration settings, Namespace arguments, PrintStream out)
            throws CommandException, InvalidBackupException, DatabaseNotEmptyException, EmbeddedDatabaseException,
                    FileAccessException, StoreUnavailableException {
        Path file = Path.of(arguments.getString(FILE));
        Author author =
                ImportAuthor.of(arguments.getString("author"), System.getProperty("user.name", ""), "restore-backup");
        try (BackupReader backup = BackupReader.verified(file);
                CommandDatabase database = CommandDatabase.open(settings)) {
            long revision = database.backups().restore(author, backup.rows());
            out.println("Restored revision " + revision + " from " + file + '.');
        } catch (FileAccessException e) {
            throw e;
        } catch (IOException e) {
            throw new CommandException("Cannot read " + file + ": " + FileErrors.cause(e) + '.', e);
        }
    }
}
