package dev.pintle.sync;

import static dev.pintle.testing.TestRoutes.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pintle.config.DocumentKey;
import dev.pintle.history.Cause;
import dev.pintle.history.ConfirmationTerms;
import dev.pintle.history.RevisionEntry;
import dev.pintle.history.RevisionState;
import dev.pintle.store.Author;
import dev.pintle.store.Edit;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.HistoryStore;
import dev.pintle.store.Precondition;
import dev.pintle.store.RevisionQuery;
import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.ManualTicker;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An unconfirmed revision reverts once, also while PostgreSQL or nodes are unavailable. */
class UnconfirmedRevisionTest {
    private static final Author UNCONFIRMED = new Author("test", null).on(ConfirmationTerms.parse("10s"));
    private static final Precondition NONE = new Precondition.None();

    @TempDir
    private Path folder;

    private final ManualTicker ticker = new ManualTicker();
    private TestDatabase database;
    private FlakyTcpProxy line;
    private TestNode one;

    /** Revision 1 has the route at /a; the unconfirmed revision 2 moves it to /b and adds another. */
    @BeforeEach
    void writeAnUnconfirmedRevision() throws Exception {
        database = TestPostgres.migratedDatabase();
        line = new FlakyTcpProxy(database.port());
        one = node("one");
        one.sync().write(new Author("test", null), List.of(put("a", "/a")));
        one.sync().write(UNCONFIRMED, List.of(put("a", "/b"), put("new", "/new")));
    }

    @AfterEach
    void close() {
        one.close();
        line.close();
    }

    @Test
    void itRevertsByTheClockOfPostgresOnceThoughEveryNodeSeesTheDeadline() throws Exception {
        try (TestNode two = node("two")) {
            eventually().until(() -> path(two).equals("/b"));

            endTheTimeInPostgres();

            eventually().until(() -> path(one).equals("/a") && path(two).equals("/a"));
            assertThat(one.sync().current().routes()).containsOnlyKeys("a");
            assertThat(two.sync().current()).isEqualTo(one.sync().current());
            assertThat(history())
                    .extracting(entry -> entry.revision().cause())
                    .containsExactly(Cause.autoRevert(2), Cause.EDIT, Cause.EDIT);
            assertThat(history().get(1).revision().state()).isEqualTo(RevisionState.REVERTED);
            assertThat(history().getFirst().revision().author()).isEqualTo("pintle");
            eventually().until(() -> one.sync().pendingConfirmation().isEmpty());
        }
    }

    /** Otherwise the revision looks confirmed for a moment, and its failed requests count as those before a later one. */
    @Test
    void theWaitEndsAfterTheRevertIsServed() throws Exception {
        endTheTimeInPostgres();

        eventually().until(() -> path(one).equals("/a"));

        assertThat(one.published().getLast().awaits()).isTrue();
        eventually().until(() -> one.sync().pendingConfirmation().isEmpty());
    }

    @Test
    void aConfirmedRevisionStaysAndEveryNodeKnows() throws Exception {
        try (TestNode two = node("two")) {
            eventually().until(() -> two.sync().pendingConfirmation().isPresent());

            assertThat(two.sync().confirm(2)).isTrue();

            eventually().until(() -> one.sync().pendingConfirmation().isEmpty());
            ticker.advance(Duration.ofHours(1));
            assertThat(path(one)).isEqualTo("/b");
            assertThat(history().getFirst().revision().state()).isEqualTo(RevisionState.LIVE);
            assertThat(two.sync().confirm(2)).isFalse();
        }
    }

    @Test
    void aNodeGoesBackWithoutPostgresAndWritesTheRevertFirst() throws Exception {
        line.refuse();
        eventually().until(() -> !one.sync().status().databaseUp());
        assertThat(path(one)).isEqualTo("/b");

        ticker.advance(Duration.ofSeconds(10));
        eventually().until(() -> path(one).equals("/a"));
        assertThat(one.sync().current().routes()).containsOnlyKeys("a");
        endTheTimeInPostgres();
        line.heal();

        eventually().until(() -> one.sync().current().revision() == 3);
        assertThat(path(one)).isEqualTo("/a");
        assertThat(history().getFirst().revision().cause()).isEqualTo(Cause.autoRevert(2));
        assertThat(one.published().stream()
                        .map(TestNode.Published::configuration)
                        .filter(c -> c.revision() == 2))
                .hasSize(1);
    }

    @Test
    void aNodeGoesBackWhilePostgresIsSilent() throws Exception {
        line.stall();

        ticker.advance(Duration.ofSeconds(10));

        eventually().until(() -> {
            ticker.advance(Duration.ofMillis(200));
            return path(one).equals("/a");
        });
    }

    @Test
    void aNodeThatWasAwayFollowsAConfirmationThatItMissed() throws Exception {
        line.refuse();
        eventually().until(() -> !one.sync().status().databaseUp());
        ticker.advance(Duration.ofSeconds(10));
        eventually().until(() -> path(one).equals("/a"));
        execute("update latest_revision set reverts_at = null; update revision set state = 'confirmed'");

        line.heal();

        eventually().until(() -> path(one).equals("/b"));
    }

    @Test
    void aNodeThatStartsInBetweenKnowsTheWayBack() throws Exception {
        try (TestNode late = node("late")) {
            assertThat(late.sync().pendingConfirmation()).isPresent();
            line.refuse();
            eventually().until(() -> !late.sync().status().databaseUp());

            ticker.advance(Duration.ofSeconds(10));

            eventually().until(() -> path(late).equals("/a"));
            assertThat(late.sync().current().routes()).containsOnlyKeys("a");
        }
    }

    @Test
    void aNodeThatStartsWithoutPostgresKnowsTheWayBackFromItsSnapshot() throws Exception {
        one.close();
        line.refuse();

        try (TestNode again = node("one")) {
            assertThat(path(again)).isEqualTo("/b");
            ticker.advance(Duration.ofSeconds(10));

            eventually().until(() -> path(again).equals("/a"));
        }
        line.heal();
        one = node("one");
    }

    @Test
    void aNodeThatStartsAfterTheTimeRevertsBeforeItServes() throws Exception {
        one.close();
        endTheTimeInPostgres();

        one = node("one");

        assertThat(path(one)).isEqualTo("/a");
        assertThat(one.published())
                .noneMatch(published -> published.configuration().revision() == 2);
    }

    @Test
    void noOtherRevisionFollowsUntilItIsConfirmedOrReverted() throws Exception {
        assertThatThrownBy(() -> one.sync().write(new Author("test", null), List.of(put("x", "/x"))))
                .isInstanceOf(EditRejectedException.class)
                .hasMessageStartingWith("Revision 2 is not confirmed; it reverts at ");

        one.sync()
                .write(
                        new Author("test", null),
                        Cause.revert(2),
                        (latest, history) -> List.of(put("a", "/a"), new Edit.Delete(DocumentKey.route("new"), NONE)));
        one.sync().write(new Author("test", null), List.of(put("x", "/x")));

        assertThat(one.sync().current().routes()).containsOnlyKeys("a", "x");
        assertThat(one.sync().pendingConfirmation()).isEmpty();
    }

    @Test
    void aNodeOfAnEarlierVersionCannotWriteOverIt() {
        assertThatThrownBy(() -> execute("""
                        update latest_revision set number = 3;
                        insert into revision (number, author) values (3, 'an earlier version')"""))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("The latest revision is not confirmed yet; confirm or revert it first");
    }

    @Test
    void aRouteThatReturnsKeepsItsMatchForItself() throws Exception {
        endTheTimeInPostgres();
        eventually().until(() -> path(one).equals("/a"));

        assertThatThrownBy(() -> one.sync().write(new Author("test", null), List.of(put("copy", "/a"))))
                .hasMessageContaining("\"a\"");
    }

    private TestNode node(String name) throws Exception {
        return new TestNode(database.through(line.port()), database.through(line.port()), folder.resolve(name), ticker)
                .started();
    }

    private static Edit put(String id, String path) {
        return new Edit.Put(route(id, path), NONE);
    }

    private static String path(TestNode node) {
        return node.sync().current().routes().get("a").json().at("/match/path").asText();
    }

    private void endTheTimeInPostgres() throws Exception {
        execute("update latest_revision set reverts_at = now()");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.configuration().listening().getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private List<RevisionEntry> history() throws Exception {
        return new HistoryStore(Jdbi.create(database.configuration().listening()))
                .read(reader -> reader.list(new RevisionQuery(10, Long.MAX_VALUE, null, null)));
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }
}
