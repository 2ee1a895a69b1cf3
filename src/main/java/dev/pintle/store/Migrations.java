package dev.pintle.store;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Migrates the schema of the database to this version. Nodes that migrate at the same time take turns by a lock. */
public final class Migrations {
    private final Flyway flyway;

    /**
     * Creates the migrations of this version.
     *
     * @param direct opens direct connections to PostgreSQL: the lock between nodes does not work through a pooler
     */
    public Migrations(DataSource direct) {
        this.flyway = Flyway.configure()
                .loggers(FlywayLogAdapter.Creator.class.getName())
                .dataSource(direct)
                .locations("classpath:db/migration")
                .load();
    }

    /**
     * Applies the missing migrations. Leaves the schema of a later version unchanged.
     *
     * @return the number of applied migrations
     */
    public int apply() throws StoreUnavailableException {
        try {
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /** Returns every migration that this version or the database knows, in order. */
    public List<Migration> info() throws StoreUnavailableException {
        try {
            return Arrays.stream(flyway.info().all()).map(Migrations::migration).toList();
        } catch (FlywayException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    private static Migration migration(MigrationInfo info) {
        return new Migration(
                Objects.toString(info.getVersion()),
                info.getDescription(),
                info.getState().getDisplayName());
    }

    /**
     * One migration.
     *
     * @param state Flyway's name of the state, such as {@code Success} or {@code Pending}
     */
    public record Migration(String version, String description, String state) {}
}
