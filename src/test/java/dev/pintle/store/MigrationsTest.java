package dev.pintle.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.codahale.metrics.MetricRegistry;
import dev.pintle.store.Migrations.Migration;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import io.dropwizard.db.ManagedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MigrationsTest {
    private static final Duration BRIEF = Duration.ofMillis(20);

    private final TestDatabase database = TestPostgres.newDatabase();

    @Test
    void missingMigrationsAreAppliedOnce() throws Exception {
        Migrations migrations = migrations();

        assertThat(migrations.info()).extracting(Migration::state).containsOnly("Pending");
        int applied = migrations.apply();

        assertThat(applied).isPositive();
        assertThat(migrations.apply()).isZero();
        assertThat(migrations.info()).hasSize(applied).contains(new Migration("1", "routes and revisions", "Success"));
    }

    @Test
    void aMigrationWarnsOfNothing() throws Exception {
        Logger flyway = (Logger) LoggerFactory.getLogger("org.flywaydb");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        flyway.addAppender(lines);
        try {
            migrations().apply();
        } finally {
            flyway.detachAppender(lines);
        }

        assertThat(lines.list).isEmpty();
    }

    @Test
    void nodesThatMigrateAtTheSameTimeTakeTurns() throws Exception {
        Callable<Integer> node = () -> migrations().apply();
        int applied = 0;
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> migrated =
                    nodes.invokeAll(Stream.generate(() -> node).limit(4).toList());
            for (Future<Integer> one : migrated) {
                applied += one.get();
            }
        }

        assertThat(applied).isEqualTo(migrations().info().size());
    }

    @Test
    void theSchemaOfALaterVersionIsLeftUnchanged() throws Exception {
        migrations().apply();
        execute("""
                insert into flyway_schema_history
                    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                values (1000, '1000', 'of a later version', 'SQL', 'V1000__of_a_later_version.sql', 0, 'postgres', 0, true)""");

        assertThat(migrations().apply()).isZero();
        assertThat(migrations().info()).last().isEqualTo(new Migration("1000", "of a later version", "Future"));
    }

    @Test
    void aMigrationThatWaitsForALockLetsHeartbeatsPassAndIsRepeated() throws Exception {
        migrateTo("16");
        try (Connection reader = holdTheLockOfNodes()) {
            List<Duration> pauses = new ArrayList<>();
            Migrations waiting = new Migrations(database.configuration().migrating(), BRIEF, time -> {
                pauses.add(time);
                beat();
                if (pauses.size() == 2) {
                    end(reader);
                }
            });

            assertThat(waiting.apply()).isPositive();
            assertThat(pauses).hasSize(2).allMatch(pause -> pause.equals(Duration.ofSeconds(1)));
        }
        assertThat(migrations().info()).extracting(Migration::state).containsOnly("Success");
    }

    @Test
    void aMigrationThatNeverGetsItsLockLeavesTheSchemaAndNamesTheRemedy() throws Exception {
        migrateTo("16");
        try (Connection reader = holdTheLockOfNodes()) {
            Migrations waiting = new Migrations(database.configuration().migrating(), BRIEF, time -> beat());

            assertThatThrownBy(waiting::apply)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageStartingWith("Cannot migrate the database: in 10 attempts")
                    .hasMessageContaining("pg_stat_activity");
            end(reader);
        }
        assertThat(migrations().apply()).isPositive();
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .loggers(FlywayLogAdapter.Creator.class.getName())
                .dataSource(database.configuration().migrating())
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
    }

    /** Opens a transaction that reads the table of the nodes, which the later migrations change. */
    private Connection holdTheLockOfNodes() throws Exception {
        Connection reader = database.configuration().listening().getConnection();
        reader.setAutoCommit(false);
        reader.createStatement().execute("select count(*) from node");
        return reader;
    }

    private void beat() {
        try {
            execute("set lock_timeout = '1s'; insert into node (id) values (gen_random_uuid())");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void end(Connection reader) {
        try {
            reader.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSchemaWithForeignTablesIsRefusedWithTheRemedyAndTheRemedyWorks() throws Exception {
        execute("create table orders (id int)");

        assertThatThrownBy(() -> migrations().apply())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("Cannot migrate the database: its schema has the tables of another application")
                .hasMessageContaining("\"public\"")
                .hasMessageEndingWith("add ?currentSchema=pintle to the database URL, and Pintle creates that schema");
        DatabaseConfiguration other = new DatabaseConfiguration().withUrl(database.url() + "&currentSchema=pintle");

        assertThat(new Migrations(other.migrating()).apply()).isPositive();
        assertThat(new Migrations(other.migrating()).apply()).isZero();
        ManagedDataSource pool = other.pool().build(new MetricRegistry(), "other");
        try {
            assertThat(new ConfigurationStore(Jdbi.create(pool)).readAll().revision())
                    .isZero();
        } finally {
            pool.stop();
        }
    }

    @Test
    void anUnreachableDatabaseIsReportedInOneSentence() {
        TestDatabase nowhere = new TestDatabase("nosuch", database.port());

        assertThatThrownBy(() -> new Migrations(nowhere.configuration().migrating()).apply())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage(
                        "PostgreSQL is unavailable: FATAL: database \"nosuch\" does not exist; create the database");
    }

    private Migrations migrations() {
        return new Migrations(database.configuration().migrating());
    }

    private void execute(String sql) throws Exception {
        DataSource direct = database.configuration().listening();
        try (Connection connection = direct.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }
}
