package dev.pintle.sync;

import static dev.pintle.testing.TestRoutes.defaults;
import static dev.pintle.testing.TestRoutes.route;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pintle.config.DocumentKey;
import dev.pintle.history.Cause;
import dev.pintle.store.Author;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.Edit;
import dev.pintle.store.Precondition;
import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A node logs one line for each revision, with author, changes, reason and age. */
class RevisionLogTest {
    private static final Precondition NONE = new Precondition.None();

    private final Logger logger = (Logger) LoggerFactory.getLogger(RevisionLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final TestDatabase database = TestPostgres.migratedDatabase();
    private final Jdbi jdbi = Jdbi.create(database.configuration().listening());
    private final ConfigurationStore store = new ConfigurationStore(jdbi);
    private final RevisionLog log = new RevisionLog(store);

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void close() {
        logger.detachAppender(lines);
    }

    @Test
    void aLineNamesAuthorChangesAgeAndReason() throws Exception {
        write("ada", "ticket 7", put("a", "one"), put("b", "one"));
        log.catchUp(1);
        write(
                "bob",
                null,
                put("a", "two"),
                new Edit.Delete(DocumentKey.route("b"), NONE),
                new Edit.Put(defaults("{\"maxRequestBody\": \"1MiB\"}"), NONE));
        jdbi.useHandle(
                handle -> handle.execute("update revision set at = now() - interval '5 minutes' where number = 2"));
        log.catchUp(2);

        assertThat(messages().getFirst())
                .matches(
                        "Revision 1 is active: edit by ada [0-9.]+ s ago: create route a, create route b; reason: ticket 7");
        assertThat(messages().getLast())
                .isEqualTo(
                        "Revision 2 is active: edit by bob 5 min ago: update defaults, update route a, delete route b");
    }

    @Test
    void aRevisionIsLoggedOnceAndAtTheStartOnlyTheActiveOne() throws Exception {
        write("ada", null, put("a", "one"));
        write("ada", null, put("a", "two"));
        log.catchUp(2);
        log.catchUp(2);
        write("ada", null, put("a", "three"));
        write("ada", null, put("a", "four"));
        log.catchUp(4);

        assertThat(numbers()).containsExactly("2", "3", "4");
    }

    @Test
    void aNodeLogsTheActiveRevisionAfterARestore() throws Exception {
        write("ada", null, put("a", "one"));
        write("ada", null, put("a", "two"));
        log.catchUp(2);
        log.catchUp(1);

        assertThat(numbers()).containsExactly("2", "1");
    }

    @Test
    void changesAndLinesAreBounded() throws Exception {
        write("ada", null, put("a", "0"));
        log.catchUp(1);
        store.write(
                new Author("ada", null),
                Cause.IMPORT,
                IntStream.range(0, 150).mapToObj(i -> put("r" + i, "many")).toList());
        log.catchUp(2);
        assertThat(messages().getLast())
                .contains("import by ada")
                .endsWith(" and 130 more")
                .hasSizeLessThan(700);

        jdbi.useHandle(handle -> handle.execute(
                "insert into revision (number, author) select n, 'hand' from generate_series(3, 200) as n;"
                        + "update latest_revision set number = 200"));
        log.catchUp(200);
        assertThat(messages())
                .filteredOn(line -> line.contains("98 earlier revisions"))
                .hasSize(1);
        assertThat(numbers()).hasSize(102).last().isEqualTo("200");
    }

    @Test
    void aCauseOfALaterVersionIsLoggedByItsName() throws Exception {
        write("ada", null, put("a", "one"));
        jdbi.useHandle(handle -> handle.execute("""
                alter table revision drop constraint revision_cause_check;
                update revision set cause = 'dream'"""));

        log.catchUp(1);

        assertThat(messages()).singleElement().asString().startsWith("Revision 1 is active: dream by ada");
    }

    @Test
    void anEditedHistoryDoesNotStopTheNode() throws Exception {
        write("ada", null, put("a", "one"));
        jdbi.useHandle(handle -> handle.execute("update revision set at = 'infinity'"));

        log.catchUp(1);
        log.catchUp(1);

        assertThat(messages())
                .singleElement()
                .asString()
                .startsWith("Revision 1 is active, but its history cannot be read");
    }

    @Test
    void aNodeLogsTheRevisionsOfOtherNodesAlsoAfterAnOutage(@TempDir Path folder) throws Exception {
        try (FlakyTcpProxy line = new FlakyTcpProxy(database.port());
                TestNode node = new TestNode(database.through(line.port()), folder.resolve("node")).started()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> node.sync().status().listening());
            write("ada", "first", put("a", "one"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> numbers().equals(List.of("1")));
            line.refuse();
            write("ada", "second", put("a", "two"));
            write("ada", "third", put("a", "three"));

            line.heal();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> numbers().equals(List.of("1", "2", "3")));
        }
    }

    private void write(String author, String reason, Edit... edits) throws Exception {
        store.write(new Author(author, reason), List.of(edits));
    }

    private static Edit put(String id, String description) {
        return new Edit.Put(route(id, '/' + id, description), NONE);
    }

    private List<String> messages() {
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private List<String> numbers() {
        return messages().stream()
                .filter(line -> line.startsWith("Revision "))
                .map(line -> line.split(" ", 3)[1])
                .toList();
    }
}
