package dev.pintle.command;

import dev.pintle.local.EmbeddedDatabase;
import dev.pintle.local.LocalFailure;
import dev.pintle.store.DatabaseConfiguration;
import dev.pintle.store.Migrations;
import dev.pintle.store.RouteStore;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database that a command works on, for as long as it works. */
final class Database implements AutoCloseable {
    private final DatabaseConfiguration configuration;
    private final @Nullable EmbeddedDatabase own;

    private Database(DatabaseConfiguration configuration, @Nullable EmbeddedDatabase own) {
        this.configuration = configuration;
        this.own = own;
    }

    /**
     * The one that is configured; else the embedded one, which a gateway may be running on, or which is started for the
     * command.
     *
     * @throws CommandFailure when there is none
     */
    static Database open(Settings settings) throws CommandFailure, LocalFailure {
        DatabaseConfiguration configuration = settings.database();
        if (configuration.isGiven()) {
            return new Database(configuration, null);
        }
        Path folder = settings.dataFolder().resolve("postgres");
        Optional<String> running = EmbeddedDatabase.running(folder);
        if (running.isPresent()) {
            return new Database(configuration.withUrl(running.get()), null);
        }
        if (EmbeddedDatabase.isAvailable()) {
            EmbeddedDatabase own = EmbeddedDatabase.start(folder);
            return new Database(configuration.withUrl(own.url()), own);
        }
        throw new CommandFailure("DATABASE_URL is not set, and no embedded PostgreSQL runs in " + folder
                + ": set DATABASE_URL, or start the gateway with \"make run\" and repeat the command.");
    }

    Migrations migrations() {
        return new Migrations(configuration.migrating());
    }

    RouteStore routes() {
        return RouteStore.unpooled(configuration.listening());
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
