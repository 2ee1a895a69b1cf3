package dev.pintle.cli;

import dev.pintle.embedded.EmbeddedDatabase;
import dev.pintle.embedded.EmbeddedDatabaseException;
import dev.pintle.files.DataDirectory;
import dev.pintle.files.FileAccessException;
import dev.pintle.store.BackupStore;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.DatabaseConfiguration;
import dev.pintle.store.HistoryStore;
import dev.pintle.store.Migrations;
import dev.pintle.sync.RolloutMonitor;
import dev.pintle.time.Ticker;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The database of a command while it runs. */
final class CommandDatabase implements AutoCloseable {
    private final DatabaseConfiguration configuration;
    private final @Nullable EmbeddedDatabase own;

    private CommandDatabase(DatabaseConfiguration configuration, @Nullable EmbeddedDatabase own) {
        this.configuration = configuration;
        this.own = own;
    }

    /**
     * Opens the configured database, or otherwise the embedded one. Uses the embedded PostgreSQL of a running gateway,
     * or starts it for the command.
     *
     * @throws CommandException when no database is available
     */
    static CommandDatabase open(CommandConfiguration settings)
            throws CommandException, EmbeddedDatabaseException, FileAccessException {
        DatabaseConfiguration configuration = settings.database();
        if (configuration.isGiven()) {
            return new CommandDatabase(configuration, null);
        }
        Path directory = new DataDirectory(settings.dataDirectory()).postgres();
        Optional<String> running = EmbeddedDatabase.running(directory);
        if (running.isPresent()) {
            return new CommandDatabase(configuration.withUrl(running.get()), null);
        }
        if (EmbeddedDatabase.isAvailable()) {
            EmbeddedDatabase own = EmbeddedDatabase.start(
                    DataDirectory.open(settings.dataDirectory()).postgres());
            return new CommandDatabase(configuration.withUrl(own.url()), own);
        }
        throw new CommandException("DATABASE_URL is not set, and no embedded PostgreSQL runs in " + directory
                + ". Set DATABASE_URL, or start the gateway with \"make run\" and repeat the command.");
    }

    Migrations migrations() {
        return new Migrations(configuration.migrating());
    }

    ConfigurationStore routes() {
        return ConfigurationStore.unpooled(configuration.listening());
    }

    BackupStore backups() {
        return BackupStore.unpooled(configuration.listening());
    }

    /** Follows revisions through the nodes of the cluster. */
    RolloutMonitor rollouts() {
        DataSource database = configuration.listening();
        return RolloutMonitor.ofCommand(
                ClusterStore.unpooled(database), HistoryStore.unpooled(database), Ticker.SYSTEM);
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
