package dev.pintle.sync;

import static dev.pintle.testing.TestRoutes.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pintle.config.RouteDocument;
import dev.pintle.routing.table.ConfigurationSource;
import dev.pintle.store.Author;
import dev.pintle.store.Edit;
import dev.pintle.store.Precondition;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node follows PostgreSQL, and keeps its known configuration while PostgreSQL is unavailable. */
class ConfigurationSyncTest {
    @TempDir
    private Path folder;

    private TestDatabase database;
    private FlakyTcpProxy line;
    private Path snapshot;
    private TestNode writer;

    @BeforeEach
    void open() {
        database = TestPostgres.migratedDatabase();
        line = new FlakyTcpProxy(database.port());
        snapshot = folder.resolve("snapshot");
        writer = new TestNode(database, folder.resolve("writer"));
    }

    @AfterEach
    void close() {
        writer.close();
        line.close();
    }

    @Test
    void aWriteOnOneNodeIsServedByTheOther() throws Exception {
        try (TestNode node = node()) {
            eventually().until(() -> node.sync().status().listening());

            long revision = writer.write(route("a", "/a"));

            eventually().until(() -> node.sync().current().revision() == revision);
            assertThat(node.sync().current()).isEqualTo(writer.store().readAll());
            assertThat(node.published().getLast().source()).isEqualTo(ConfigurationSource.DATABASE);
        }
    }

    @Test
    void theWriterReadsItsOwnWriteImmediately() throws Exception {
        writer.sync().start();

        long revision = writeThrough(writer, route("a", "/a"));

        assertThat(writer.sync().current().revision()).isEqualTo(revision);
        assertThat(writer.sync().current().routes()).containsKey("a");
    }

    @Test
    void theWriterReadsItsOwnWriteAfterARestoreOfTheDatabase() throws Exception {
        writer.sync().start();
        writer.write(route("a", "/a"));
        writer.write(route("b", "/b"));
        writer.write(route("b", "/b/b"));
        writer.sync().catchUp();
        restoreDatabaseTo(1, "b");

        writeThrough(writer, route("c", "/c"));

        assertThat(writer.sync().current().routes()).containsOnlyKeys("a", "c");
    }

    @Test
    void theWriterServesItsOwnWriteAfterARestoreByOneRevision() throws Exception {
        writer.sync().start();
        writer.write(route("a", "/a"));
        writer.write(route("b", "/b"));
        writer.sync().catchUp();
        restoreDatabaseTo(1, "b");

        assertThat(writeThrough(writer, route("c", "/c"))).isEqualTo(2);

        assertThat(writer.sync().current().routes()).containsOnlyKeys("a", "c");
    }

    @Test
    void theWriterServesEarlierWritesOfOthers() throws Exception {
        try (TestNode node = node()) {
            writer.write(route("a", "/a"));
            writer.write(route("b", "/b"));

            writeThrough(node, route("c", "/c"));

            assertThat(node.sync().current()).isEqualTo(writer.store().readAll());
        }
    }

    @Test
    void aCommittedWriteIsServedWhenPostgresFailsRightAfterTheCommit() throws Exception {
        try (TestNode node = node()) {
            line.refuseAfterCommitOf("insert into revision");

            long revision = writeThrough(node, route("a", "/a"));

            assertThat(node.sync().current().revision()).isEqualTo(revision);
            assertThat(node.published().getLast().configuration().routes()).containsOnlyKeys("a");
            node.sync().catchUp();
            assertThat(node.sync().status().databaseUp()).isFalse();
            assertThat(node.sync().current().routes()).containsOnlyKeys("a");
        }
    }

    private static long writeThrough(TestNode node, RouteDocument route) throws Exception {
        return node.sync()
                .write(new Author("test", null), List.of(new Edit.Put(route, new Precondition.None())))
                .revision();
    }

    private void restoreDatabaseTo(long revision, String added) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement statement = connection.createStatement()) {
            statement.execute("update latest_revision set number = " + revision);
            statement.execute("delete from revision where number > " + revision);
            statement.execute("delete from route where id = '" + added + "'");
        }
    }

    @Test
    void nothingIsPublishedTwice() throws Exception {
        try (TestNode node = node()) {
            long revision = writer.write(route("a", "/a"));
            eventually().until(() -> node.sync().current().revision() == revision);

            node.sync().catchUp();
            int connections = line.accepted();
            line.cut();
            eventually()
                    .until(() -> line.accepted() > connections
                            && node.sync().status().listening());

            assertThat(node.published())
                    .extracting(published -> published.configuration().revision())
                    .containsExactly(0L, revision);
        }
    }

    @Test
    void aKilledConnectionIsReplacedAndMissedChangesAreRead() throws Exception {
        try (TestNode node = node()) {
            eventually().until(() -> node.sync().status().listening());

            TestPostgres.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database.name() + "'");
            long revision = writer.write(route("a", "/a"));

            eventually().until(() -> node.sync().current().revision() == revision);
            eventually()
                    .until(() -> node.sync().status().listening()
                            && node.sync().status().fault() == null);
        }
    }

    @Test
    void aNodeThatCannotListenPollsUntilItCan() throws Exception {
        line.refuse();
        try (TestNode node = new TestNode(database, database.through(line.port()), snapshot).started()) {
            eventually().until(() -> node.sync().status().fault() != null);

            long revision = writer.write(route("a", "/a"));

            eventually().until(() -> node.sync().current().revision() == revision);
            assertThat(node.sync().status().listening()).isFalse();
            assertThat(node.sync().status().databaseUp()).isTrue();
            line.heal();
            eventually().until(() -> node.sync().status().listening());
        }
    }

    @Test
    void aNodeThatMissesNotificationsPolls() throws Exception {
        try (TestNode node = new TestNode(database, TestPostgres.migratedDatabase(), snapshot).started()) {
            eventually().until(() -> node.sync().status().listening());

            long revision = writer.write(route("a", "/a"));

            eventually().until(() -> node.sync().current().revision() == revision);
        }
    }

    @Test
    void theServedRevisionNeverGoesBackUnderConcurrentWrites() throws Exception {
        try (TestNode node = node();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> writers = new ArrayList<>();
            for (String id : List.of("a", "b", "c", "d")) {
                writers.add(threads.submit(() -> {
                    boolean readOwn = true;
                    for (int i = 0; i < 10; i++) {
                        long revision = node.write(route(id, '/' + id, "write " + i));
                        node.sync().catchUp();
                        readOwn &= node.sync().current().revision() >= revision;
                    }
                    return readOwn;
                }));
            }
            for (Future<Boolean> writer : writers) {
                assertThat(writer.get()).isTrue();
            }
            assertThat(node.published().stream()
                            .map(published -> published.configuration().revision()))
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .last()
                    .isEqualTo(40L);
        }
    }

    @Test
    void theConfigurationStaysDuringAnOutageAndCatchesUpAfterwards() throws Exception {
        long before = writer.write(route("a", "/a"));
        try (TestNode node = node()) {
            eventually().until(() -> node.sync().status().listening());

            line.refuse();
            eventually().until(() -> !node.sync().status().databaseUp());
            node.sync().catchUp();
            assertThat(node.sync().current().revision()).isEqualTo(before);
            assertThat(node.sync().status().listening()).isFalse();
            assertThat(node.sync().status().fault()).startsWith("PostgreSQL is unavailable: ");

            long after = writer.write(route("b", "/b"));
            line.heal();
            eventually().until(() -> node.sync().current().revision() == after);
            eventually()
                    .until(() -> node.sync().status().databaseUp()
                            && node.sync().status().fault() == null);
        }
    }

    @Test
    void aNodeRecoversFromAStalledPostgres() throws Exception {
        long before = writer.write(route("a", "/a"));
        try (TestNode node = node()) {
            eventually().until(() -> node.sync().status().listening());

            line.stall();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !node.sync().status().databaseUp());
            assertThat(node.sync().current().revision()).isEqualTo(before);

            long after = writer.write(route("b", "/b"));
            line.heal();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> node.sync().current().revision() == after);
        }
    }

    @Test
    void aNodeStartsFromItsSnapshotAndFollowsPostgresLater() throws Exception {
        long before = writer.write(route("a", "/a"));
        node().close();
        line.refuse();

        try (TestNode node = node()) {
            assertThat(node.sync().status().source()).isEqualTo(ConfigurationSource.SNAPSHOT);
            assertThat(node.sync().status().revision()).isEqualTo(before);
            assertThat(node.sync().status().age()).isPositive();
            assertThat(node.sync().current()).isEqualTo(writer.store().readAll());

            line.heal();
            eventually().until(() -> node.sync().status().source() == ConfigurationSource.DATABASE);
            assertThat(node.published())
                    .extracting(TestNode.Published::source)
                    .containsExactly(ConfigurationSource.SNAPSHOT, ConfigurationSource.DATABASE);
        }
    }

    @Test
    void aNodeWithoutPostgresAndSnapshotDoesNotStart() throws Exception {
        line.refuse();

        try (TestNode node = unstarted()) {
            assertThatThrownBy(() -> node.sync().start())
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("refused")
                    .hasMessageEndingWith(", and no snapshot exists at " + snapshot);
        }
    }

    @Test
    void aDamagedSnapshotIsNotServed() throws Exception {
        writer.write(route("a", "/a"));
        node().close();
        Files.writeString(snapshot, Files.readString(snapshot).replace("/a", "/b"));
        line.refuse();

        try (TestNode node = unstarted()) {
            assertThatThrownBy(() -> node.sync().start())
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageEndingWith(
                            "snapshot " + snapshot + " is damaged or truncated: its checksum does not match");
        }
    }

    @Test
    void aRestoredDatabaseIsFollowedAndThePreviousSnapshotKept() throws Exception {
        writer.write(route("a", "/a"));
        writer.write(route("b", "/b"));
        node().close();
        TestDatabase restored = TestPostgres.migratedDatabase();
        try (TestNode other = new TestNode(restored, folder.resolve("other"))) {
            other.write(route("c", "/c"));
        }

        try (TestNode node = new TestNode(restored, snapshot).started()) {
            assertThat(node.sync().current().routes()).containsOnlyKeys("c");
        }

        assertThat(new SnapshotFile(snapshot)
                        .read()
                        .orElseThrow()
                        .configuration()
                        .revision())
                .isEqualTo(1);
        assertThat(new SnapshotFile(folder.resolve("snapshot.previous"))
                        .read()
                        .orElseThrow()
                        .configuration()
                        .revision())
                .isEqualTo(2);
    }

    @Test
    void anEmptyDatabaseDoesNotReplaceTheConfigurationUntilAWrite() throws Exception {
        writer.write(route("a", "/a"));
        node().close();
        TestDatabase empty = TestPostgres.migratedDatabase();

        try (TestNode node = new TestNode(empty, snapshot).started()) {
            assertThat(node.sync().current().routes()).containsOnlyKeys("a");
            eventually().until(() -> node.sync().status().fault() != null);
            assertThat(node.sync().status().fault()).contains("PostgreSQL is empty");
            assertThat(node.sync().status().databaseUp()).isTrue();
            assertThat(node.sync().emptyDatabaseFault()).isPresent();

            node.write(route("b", "/b"));

            eventually().until(() -> node.sync().current().routes().containsKey("b"));
            assertThat(node.sync().current().routes()).containsOnlyKeys("b");
            eventually().until(() -> node.sync().status().fault() == null);
            assertThat(node.sync().emptyDatabaseFault()).isEmpty();
        }
    }

    @Test
    void aDatabaseWithoutASchemaDoesNotReplaceTheConfiguration() throws Exception {
        writer.write(route("a", "/a"));
        node().close();

        try (TestNode node = new TestNode(TestPostgres.newDatabase(), snapshot).started()) {
            assertThat(node.sync().current().routes()).containsOnlyKeys("a");
            assertThat(node.sync().status().fault()).contains("db migrate");
        }
    }

    @Test
    void anUnreadableDocumentBlocksNeitherTheStartNorLaterRevisions() throws Exception {
        writer.write(route("a", "/a"));
        execute("insert into revision (number, author) values (2, 'hand');"
                + "insert into change (revision, kind, id, after) values (2, 'route', 'bad', '[]');"
                + "alter table route drop constraint route_document_check;"
                + "insert into route (id, document, match_key, revision) values ('bad', '[]', 'bad', 2);"
                + "update latest_revision set number = 2");
        try (TestNode node = node()) {
            assertThat(node.sync().current().routes()).containsOnlyKeys("a");

            execute("insert into revision (number, author) values (3, 'hand');"
                    + "insert into change (revision, kind, id, after) values (3, 'route', 'worse', '7');"
                    + "insert into route (id, document, match_key, revision) values ('worse', '7', 'worse', 3);"
                    + "update latest_revision set number = 3");
            eventually().until(() -> node.sync().current().unreadable().size() == 2);
            long revision = writer.write(route("b", "/b"));

            eventually().until(() -> node.sync().current().revision() == revision);
            assertThat(node.sync().current().routes()).containsOnlyKeys("a", "b");
            assertThat(node.sync().status().fault()).isNull();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void closingEndsAllThreadsAndConnections() throws Exception {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        TestNode node = node();
        eventually().until(() -> node.sync().status().listening());

        node.sync().close();

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.isAlive() && !others.contains(thread))
                .extracting(Thread::getName)
                .doesNotContain("sync", "snapshot");
        node.close();
        eventually().until(() -> line.connections() == 0);
    }

    private TestNode node() throws Exception {
        return unstarted().started();
    }

    private TestNode unstarted() {
        return new TestNode(database.through(line.port()), snapshot);
    }

    /** Waits long: the machine may be busy, and a stalled connection ends only by its timeouts. */
    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(40));
    }
}
