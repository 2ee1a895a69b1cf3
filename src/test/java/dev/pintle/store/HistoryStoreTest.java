package dev.pintle.store;

import static dev.pintle.testing.TestRoutes.defaults;
import static dev.pintle.testing.TestRoutes.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pintle.config.DocumentKey;
import dev.pintle.history.Cause;
import dev.pintle.history.ConfigurationDocuments;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.RevisionEntry;
import dev.pintle.history.RevisionState;
import dev.pintle.testing.TestPostgres;
import io.dropwizard.db.ManagedDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store reads and prunes the history in PostgreSQL. */
class HistoryStoreTest {
    private static final Author ADA = new Author("ada", "because");
    private static final Precondition NONE = new Precondition.None();
    private static final Duration DAY = Duration.ofDays(1);

    private static ManagedDataSource pool;
    private static Jdbi jdbi;
    private static ConfigurationStore store;
    private static HistoryStore history;

    @BeforeAll
    static void open() {
        pool = TestPostgres.migratedDatabase().pool();
        jdbi = Jdbi.create(pool);
        store = new ConfigurationStore(jdbi);
        history = new HistoryStore(jdbi);
    }

    @AfterAll
    static void close() throws Exception {
        pool.stop();
    }

    @BeforeEach
    void empty() {
        execute("truncate revision, change, route;"
                + "update defaults set document = '{}', revision = 0; update latest_revision set number = 0");
    }

    @Test
    void everyRevisionReadsAsItWas() throws Exception {
        Random random = new Random(7);
        List<ConfigurationDocuments> known = new ArrayList<>(List.of(current()));
        for (int i = 1; i <= 60; i++) {
            write(randomEdits(random, i));
            known.add(current());
        }

        for (int number = 0; number < known.size(); number++) {
            long at = number;
            ConfigurationDocuments read = at(number);
            JsonNode defaults = history.read(reader -> reader.defaultsAt(at));
            assertThat(read.toString()).isEqualTo(known.get(number).toString());
            assertThat(defaults).isEqualTo(read.defaults());
        }
    }

    /** Edits with at least one change. */
    private static Edit[] randomEdits(Random random, int number) {
        List<Edit> edits = new ArrayList<>();
        String id = "r" + random.nextInt(5);
        edits.add(new Edit.Put(route(id, "/" + id, "edit " + number), NONE));
        if (random.nextInt(3) == 0) {
            edits.add(new Edit.Put(route("x", "/x", "edit " + number), NONE));
            edits.add(new Edit.Delete(DocumentKey.route(id), NONE));
        }
        if (random.nextInt(3) == 0) {
            edits.add(new Edit.Put(defaults("{\"maxRequestBody\": \"" + number + "KiB\"}"), NONE));
        }
        return edits.toArray(Edit[]::new);
    }

    private static ConfigurationDocuments current() throws Exception {
        return ConfigurationDocuments.of(store.readAll());
    }

    @Test
    void changesBetweenRevisionsAreCombined() throws Exception {
        write(put("a", "one"), put("b", "one"));
        write(put("a", "two"), put("c", "one"));
        write(
                put("a", "one"),
                new Edit.Delete(DocumentKey.route("b"), NONE),
                new Edit.Delete(DocumentKey.route("c"), NONE));

        assertThat(between(1, 3)).containsExactly("b one -");
        assertThat(between(3, 1)).containsExactly("b - one");
        assertThat(between(0, 3)).containsExactly("a - one");
        assertThat(between(2, 3)).containsExactly("a two one", "b one -", "c one -");
        assertThat(between(3, 3)).isEmpty();
    }

    @Test
    void anotherOrderOfKeysIsAChange() throws Exception {
        write(put("a", "one"));
        execute("update change set after = '{\"b\": 1}'");
        execute("insert into revision (number, author) values (2, 'ada');"
                + "insert into change values (2, 'route', 'a', '{\"b\": 1}', '{\"b\":1}');"
                + "update latest_revision set number = 2");

        List<DocumentDelta> deltas = history.read(reader -> reader.between(1, 2));
        assertThat(deltas).hasSize(1).allMatch(DocumentDelta::isEmpty);
    }

    @Test
    void anUnreadableDocumentIsReturnedAsText() throws Exception {
        write(put("a", "one"));
        execute("update change set after = '[1, 2]'");

        assertThat(history.read(reader -> reader.revision(1))
                        .changes()
                        .getFirst()
                        .after())
                .isEqualTo(TextNode.valueOf("[1, 2]"));
    }

    @Test
    void aListContainsTheFirstHundredChangesAndCountsAll() throws Exception {
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            edits.add(put("r%03d".formatted(i), "one"));
        }
        write(edits.toArray(Edit[]::new));
        write(edits.subList(0, 100).stream()
                .map(edit -> put(edit.key().id(), "two"))
                .toArray(Edit[]::new));

        List<RevisionEntry> entries = history.read(reader -> reader.list(new RevisionQuery(10, 99, null, null)));
        assertThat(entries).extracting(RevisionEntry::changeCount).containsExactly(100, 101);
        assertThat(entries).allSatisfy(entry -> assertThat(entry.changes()).hasSize(100));
    }

    @Test
    void aRevisionOfAnEarlierVersionCountsAsAnEdit() {
        execute("insert into revision (number, author) values (1, 'ada'); update latest_revision set number = 1");

        RevisionEntry entry = history(1).getFirst();
        assertThat(entry.revision().cause()).isEqualTo(Cause.EDIT);
        assertThat(entry.revision().state()).isEqualTo(RevisionState.LIVE);
    }

    @Test
    void oldRevisionsThatAreNotAmongTheLatestArePruned() throws Exception {
        writeRevisions(30);
        age(25);

        assertThat(prune(10, DAY)).isEqualTo(20);
        assertThat(numbers()).containsExactly(30L, 29L, 28L, 27L, 26L, 25L, 24L, 23L, 22L, 21L);
        assertThat(prune(10, DAY)).isZero();
        assertThat(count("change")).isEqualTo(10);
    }

    @Test
    void youngRevisionsAreKeptRegardlessOfTheirNumber() throws Exception {
        writeRevisions(30);
        age(15);

        assertThat(prune(10, DAY)).isEqualTo(15);
        assertThat(prune(1, DAY.multipliedBy(3))).isZero();
        assertThat(numbers()).hasSize(15);
    }

    @Test
    void aRevisionIsPrunedOnlyAfterAllOlderOnes() throws Exception {
        writeRevisions(5);
        age(5);
        execute("update revision set at = now() where number = 2");

        assertThat(prune(1, DAY)).isEqualTo(1);
        assertThat(numbers()).containsExactly(5L, 4L, 3L, 2L);
    }

    @Test
    void aPrunedRevisionIsReportedAsPruned() throws Exception {
        writeRevisions(5);
        ConfigurationDocuments third = at(3);
        age(5);
        prune(3, DAY);

        assertThat(at(3)).isEqualTo(third);
        for (long gone = 0; gone <= 2; gone++) {
            long number = gone;
            assertThatThrownBy(() -> at(number))
                    .isInstanceOfSatisfying(
                            NoSuchRevisionException.class,
                            e -> assertThat(e.isPruned()).isTrue())
                    .hasMessageContaining("the oldest revision kept is 3");
            assertThatThrownBy(() -> history.read(reader -> reader.between(number, 5)))
                    .isInstanceOf(NoSuchRevisionException.class);
        }
        assertThatThrownBy(() -> history.read(reader -> reader.revision(6)))
                .isInstanceOfSatisfying(
                        NoSuchRevisionException.class,
                        e -> assertThat(e.isPruned()).isFalse());
    }

    @Test
    void theLatestConfigurationIsReadableWithoutItsRevision() throws Exception {
        writeRevisions(2);
        ConfigurationDocuments latest = current();
        execute("delete from revision");

        assertThat(at(2).toString()).isEqualTo(latest.toString());
    }

    private static int prune(int keep, Duration atLeast) throws Exception {
        int pruned = 0;
        int now;
        do {
            now = history.prune(new Retention(keep, atLeast));
            pruned += now;
        } while (now > 0);
        return pruned;
    }

    private static void writeRevisions(int count) throws Exception {
        for (int i = 1; i <= count; i++) {
            write(put("a", "edit " + i));
        }
    }

    /** Makes the revisions up to one two days old. */
    private static void age(int upTo) {
        execute("update revision set at = now() - interval '2 days' where number <= " + upTo);
    }

    private static List<Long> numbers() {
        return history(Integer.MAX_VALUE).stream()
                .map(entry -> entry.revision().number())
                .toList();
    }

    private static List<RevisionEntry> history(int limit) {
        try {
            return history.read(reader -> reader.list(new RevisionQuery(limit, Long.MAX_VALUE, null, null)));
        } catch (StoreUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConfigurationDocuments at(long number) throws Exception {
        return history.read(reader -> reader.at(number));
    }

    private static List<String> between(long from, long to) throws Exception {
        return history.read(reader -> reader.between(from, to)).stream()
                .map(delta -> delta.id() + ' ' + description(delta.before()) + ' ' + description(delta.after()))
                .toList();
    }

    private static String description(@Nullable JsonNode document) {
        return document == null ? "-" : document.path("description").asText();
    }

    private static Edit put(String id, String description) {
        return new Edit.Put(route(id, "/" + id, description), NONE);
    }

    private static void write(Edit... edits) throws Exception {
        store.write(ADA, List.of(edits));
    }

    private static void execute(String sql) {
        jdbi.useHandle(handle -> handle.execute(sql));
    }

    private static int count(String table) {
        return jdbi.withHandle(handle ->
                handle.select("select count(*) from " + table).mapTo(int.class).one());
    }
}
