package dev.pintle.store;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Brings the schema of a database to what this version needs. Several nodes may do so at once: they take turns. */
public final class Migrations {
    private final Flyway flyway;

    /**
     * The migrations of this version.
     *
     * @param direct makes connections to PostgreSQL itself: the lock that nodes take turns by does not pass a pooler
     */
    public Migrations(DataSource direct) {
        this.flyway = Flyway.configure()
                .loggers(FlywayLogAdapter.Creator.class.getName())
                .dataSource(direct)
                .locations("classpath:db/migration")
                .load();
    }

    /**
     * Applies what is missing. A schema that a later version brought further is left alone.
     *
     * @return how many migrations were applied
     */
    public int apply() throws StoreUnavailableException {
        try {
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /** Every migration that this version or the database knows, in order. */
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
     * @param state whether it was applied, in a word or two
     */
    public record Migration(String version, String description, String state) {}
}
