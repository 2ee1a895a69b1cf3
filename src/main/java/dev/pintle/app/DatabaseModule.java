package dev.pintle.app;

import dev.pintle.embedded.EmbeddedDatabase;
import dev.pintle.files.DataDirectory;
import dev.pintle.store.AuditStore;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.CredentialStore;
import dev.pintle.store.DatabaseConfiguration;
import dev.pintle.store.HistoryStore;
import dev.pintle.store.Migrations;
import dev.pintle.store.StoreUnavailableException;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jdbi3.JdbiFactory;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database that a node keeps its routes in: the one that is configured, or else one inside the process, where there is
 * one to start.
 *
 * @param listening makes connections for notifications
 * @param place where it is, for people to read
 * @param embedded whether it runs inside the process
 */
record DatabaseModule(
        ConfigurationStore routes,
        HistoryStore history,
        AuditStore audit,
        ClusterStore fleet,
        CredentialStore credentials,
        DataSource listening,
        String place,
        boolean embedded) {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseModule.class);

    /** @throws Exception with a sentence, when there is no database to be had */
    static DatabaseModule open(
            PintleConfiguration configuration, DataDirectory data, Environment environment, Closer things)
            throws Exception {
        if (configuration.database().isGiven()) {
            DatabaseConfiguration database = configuration.database();
            return open(database, environment, database.place(), false);
        }
        if (!EmbeddedDatabase.isAvailable()) {
            throw new IllegalArgumentException("DATABASE_URL is not set. Set it to a PostgreSQL database, such as"
                    + " jdbc:postgresql://localhost:5432/pintle, or use \"make run\", which brings its own.");
        }
        Path folder = data.postgres();
        EmbeddedDatabase embedded = things.opened(EmbeddedDatabase.start(folder));
        return open(configuration.database().withUrl(embedded.url()), environment, "embedded, in " + folder, true);
    }

    private static DatabaseModule open(
            DatabaseConfiguration database, Environment environment, String place, boolean embedded) {
        if (database.migratesOnStart()) {
            migrate(database);
        }
        Jdbi jdbi = new JdbiFactory().build(environment, database.pool(), "postgresql");
        return new DatabaseModule(
                new ConfigurationStore(jdbi),
                new HistoryStore(jdbi),
                new AuditStore(jdbi),
                new ClusterStore(jdbi),
                new CredentialStore(jdbi),
                database.listening(),
                place,
                embedded);
    }

    /** PostgreSQL may be away when a node starts: the snapshot serves then, and a later start migrates. */
    private static void migrate(DatabaseConfiguration database) {
        try {
            int applied = new Migrations(database.migrating()).apply();
            if (applied > 0) {
                LOG.info("{} migrations were applied.", applied);
            }
        } catch (StoreUnavailableException e) {
            LOG.warn("The schema was not migrated: {}.", e.getMessage());
        }
    }
}
