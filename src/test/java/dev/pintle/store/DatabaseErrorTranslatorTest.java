package dev.pintle.store;

import static dev.pintle.testing.TestRoutes.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import io.dropwizard.db.ManagedDataSource;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fault of PostgreSQL becomes one sentence, and the first call after the recovery succeeds. */
class DatabaseErrorTranslatorTest {
    private static final List<Edit> EDITS = List.of(new Edit.Put(route("a", "/a"), new Precondition.None()));

    private TestDatabase database;
    private FlakyTcpProxy line;
    private ManagedDataSource pool;
    private ConfigurationStore store;

    @BeforeEach
    void open() throws Exception {
        database = TestPostgres.newDatabase().migrated();
        line = new FlakyTcpProxy(database.port());
        pool = database.through(line.port()).pool();
        store = new ConfigurationStore(Jdbi.create(pool));
        store.readAll();
    }

    @AfterEach
    void close() throws Exception {
        pool.stop();
        line.close();
    }

    @Test
    void connectionsThatBreakWhileIdleFailNoCall() throws Exception {
        line.cut();

        assertThat(store.readAll().revision()).isZero();
    }

    @Test
    void aRefusedConnectionIsReportedAndTheNextCallSucceeds() throws Exception {
        line.refuse();
        assertUnavailable("PostgreSQL is unavailable: Connection to localhost:" + line.port() + " refused");

        line.heal();
        assertThat(store.write(new Author("ada", null), EDITS).revision()).isEqualTo(1);
    }

    @Test
    void aStalledServerTimesOut() throws Exception {
        line.stall();
        assertUnavailable("PostgreSQL is unavailable: Connection attempt timed out");

        line.heal();
        assertThat(store.write(new Author("ada", null), EDITS).revision()).isEqualTo(1);
    }

    @Test
    void aLockOfAnotherSessionTimesOut() throws Exception {
        try (Connection other = database.configuration().listening().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select number from latest_revision for update");

            assertUnavailable("PostgreSQL is unavailable: ERROR: canceling statement due to lock timeout;"
                    + " another session holds the lock for too long");
        }
        assertThat(store.write(new Author("ada", null), EDITS).revision()).isEqualTo(1);
    }

    @Test
    void anExhaustedPoolIsReportedWithTheKeyThatRaisesIt() throws Exception {
        List<Connection> taken = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            taken.add(pool.getConnection());
        }

        assertUnavailable(
                "PostgreSQL is unavailable: all connections of the pool are in use; raise database.maxConnections");

        for (Connection connection : taken) {
            connection.close();
        }
    }

    @Test
    void aMissingSchemaIsReportedWithTheRemedy() throws Exception {
        ManagedDataSource bare = TestPostgres.newDatabase().pool();

        assertThatThrownBy(() -> new ConfigurationStore(Jdbi.create(bare)).readAll())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("bring the schema up to date with \"db migrate\"", "?currentSchema=");
        bare.stop();
    }

    private void assertUnavailable(String message) {
        assertThatThrownBy(() -> store.write(new Author("ada", null), EDITS))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage(message);
    }
}
