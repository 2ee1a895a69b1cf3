package dev.pintle.app;

import dev.pintle.embedded.EmbeddedDatabase;
import dev.pintle.files.DataDirectory;
import dev.pintle.store.AuditStore;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.ConfirmationStore;
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
 * The database of a node: the configured one, or otherwise an embedded one if the build contains PostgreSQL.
 *
 * @param listening creates connections for notifications
 * @param place the address, for the start banner
 * @param embedded whether the database is embedded
 */
record DatabaseModule(
        ConfigurationStore routes,
        HistoryStore history,
        AuditStore audit,
        ClusterStore cluster,
        CredentialStore credentials,
        ConfirmationStore confirmations,
        DataSource listening,
        String place,
        boolean embedded) {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseModule.class);

    /** @throws Exception when no database is available; the message is for the operator */
    static DatabaseModule open(
            PintleConfiguration configuration, DataDirectory data, Environment environment, Closer resources)
            throws Exception {
        if (configuration.database().isGiven()) {
            DatabaseConfiguration database = configuration.database();
            return open(database, environment, database.place(), false);
        }
        if (!EmbeddedDatabase.isAvailable()) {
            throw new IllegalArgumentException("DATABASE_URL is not set. Set it to a PostgreSQL database, such as"
                    + " jdbc:postgresql://localhost:5432/pintle, or use \"make run\" with embedded PostgreSQL.");
        }
        Path directory = data.postgres();
        EmbeddedDatabase embedded = resources.opened(EmbeddedDatabase.start(directory));
        return open(configuration.database().withUrl(embedded.url()), environment, "embedded, in " + directory, true);
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
                new ConfirmationStore(jdbi),
                database.listening(),
                place,
                embedded);
    }

    /**
     * Migrates the schema if PostgreSQL is available. Otherwise the node starts from its snapshot and a later start
     * migrates.
     */
    private static void migrate(DatabaseConfiguration database) {
        try {
            int applied = new Migrations(database.migrating()).apply();
            if (applied > 0) {
                LOG.info("Applied {} migrations.", applied);
            }
        } catch (StoreUnavailableException e) {
            LOG.warn("The schema was not migrated: {}.", e.getMessage());
        }
    }
}
