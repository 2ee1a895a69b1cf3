package dev.pintle.store;

import dev.pintle.time.Sleeper;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates the schema of the database to this version. Nodes that migrate at the same time take turns by a lock.
 *
 * <p>The heartbeats and writes of running nodes queue behind a migration that waits for the lock of a table. So a migration waits for
 * a short time only, and is repeated.
 */
public final class Migrations {
    private static final int ATTEMPTS = 10;
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private final Flyway flyway;
    private final Sleeper pause;

    /**
     * Creates the migrations of this version.
     *
     * @param direct opens direct connections to PostgreSQL: the lock between nodes does not work through a pooler
     */
    public Migrations(DataSource direct) {
        this(direct, LOCK_TIMEOUT, Sleeper.SLEEP);
    }

    /** @param lockTimeout how long a statement waits for the lock of a table */
    Migrations(DataSource direct, Duration lockTimeout, Sleeper pause) {
        this.flyway = Flyway.configure()
                .loggers(FlywayLogAdapter.Creator.class.getName())
                .dataSource(direct)
                .callbacks(new MigrationLockTimeout(lockTimeout))
                .locations("classpath:db/migration")
                .load();
        this.pause = pause;
    }

    /**
     * Applies the missing migrations. Leaves the schema of a later version unchanged.
     *
     * @return the number of applied migrations
     */
    public int apply() throws StoreUnavailableException {
        try {
            int applied = 0;
            for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
                int before = applied();
                try {
                    return applied + flyway.migrate().migrationsExecuted;
                } catch (FlywayException e) {
                    if (!DatabaseErrorTranslator.isLockTimeout(e)) {
                        throw e;
                    }
                    applied += applied() - before;
                    LOG.info(
                            "The migration waits for the lock of a table. Attempt {} of {} follows.",
                            attempt + 1,
                            ATTEMPTS);
                    pause.of(PAUSE);
                }
            }
            return applied + flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw DatabaseErrorTranslator.isLockTimeout(e) ? locked(e) : DatabaseErrorTranslator.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("The migration was interrupted", e);
        }
    }

    private int applied() {
        return flyway.info().applied().length;
    }

    private static StoreUnavailableException locked(FlywayException cause) {
        return new StoreUnavailableException(
                "Cannot migrate the database: in " + ATTEMPTS
                        + " attempts, another session held the lock of a table; end its"
                        + " transaction (pg_stat_activity lists it), then migrate again",
                cause);
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
