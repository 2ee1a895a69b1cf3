package dev.pintle.store;

import static dev.pintle.testing.TestRoutes.defaults;
import static dev.pintle.testing.TestRoutes.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.UnreadableDocument;
import dev.pintle.store.WriteResult.Outcome;
import dev.pintle.testing.TestPostgres;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An unreadable document in PostgreSQL does not affect the other documents. */
class UnreadableDocumentsTest {
    private static final Author ADA = new Author("ada", null);
    private static final Precondition NONE = new Precondition.None();

    private final Jdbi jdbi =
            Jdbi.create(TestPostgres.migratedDatabase().configuration().listening());
    private final ConfigurationStore store = new ConfigurationStore(jdbi);

    static List<String> unreadable() {
        return List.of(
                "[1, 2]",
                "\"text\"",
                "7",
                "true",
                "null",
                "[".repeat(33) + "]".repeat(33),
                "{\"id\": ".repeat(3_000) + "1" + "}".repeat(3_000),
                "{\"weight\": " + "9".repeat(1_001) + "}",
                "{\"weight\": 0." + "9".repeat(1_001) + "}",
                "{\"id\": \"bad\", \"id\": \"bad\"}");
    }

    @BeforeEach
    void writeAGoodRoute() throws Exception {
        store.write(ADA, List.of(new Edit.Put(route("good", "/good"), NONE)));
        jdbi.useHandle(handle -> handle.execute("""
                alter table route drop constraint route_document_check;
                alter table defaults drop constraint defaults_document_check"""));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void anUnreadableRowIsReportedAndAllOtherRoutesAreRead(String document) throws Exception {
        insert(document);

        Configuration read = store.readAll();

        assertThat(read.routes()).containsOnlyKeys("good");
        assertThat(read.unreadable()).singleElement().satisfies(bad -> {
            assertThat(bad.id()).isEqualTo("bad");
            assertThat(bad.kind()).isEqualTo(UnreadableDocument.ROUTE);
            assertThat(bad.reason()).isNotBlank().hasSizeLessThan(400);
        });
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void anUnreadableRevisionIsReportedAndLaterOnesAreRead(String document) throws Exception {
        Configuration known = store.readAll();
        jdbi.useHandle(handle -> {
            handle.execute("insert into revision (number, author) values (2, 'hand')");
            handle.execute(
                    "insert into change (revision, kind, id, after) values (2, 'route', 'bad', cast(? as json))",
                    document);
            handle.execute("update latest_revision set number = 2");
        });
        store.write(ADA, List.of(new Edit.Put(route("later", "/later"), NONE)));

        Configuration read = store.read(new Baseline.Known(known));

        assertThat(read.revision()).isEqualTo(3);
        assertThat(read.routes()).containsOnlyKeys("good", "later");
        // JSON's null is a document; SQL's null means that the revision removed the route.
        assertThat(read.unreadable()).extracting(UnreadableDocument::id).containsExactly("bad");
    }

    @Test
    void unreadableDefaultsAreReportedAndCountAsEmpty() throws Exception {
        store.write(ADA, List.of(new Edit.Put(defaults("{\"maxRequestBody\": \"1MiB\"}"), NONE)));
        jdbi.useHandle(handle -> handle.execute("update defaults set document = '[]'"));

        Configuration read = store.readAll();

        assertThat(read.defaults().json()).isEmpty();
        assertThat(read.defaults().revision()).isEqualTo(2);
        assertThat(read.unreadable())
                .singleElement()
                .extracting(UnreadableDocument::kind)
                .isEqualTo(UnreadableDocument.DEFAULTS);
    }

    @Test
    void anUnreadableRouteCanBeReplacedAndTheHistoryKeepsItsText() throws Exception {
        insert("[1,  2]");

        WriteResult written = store.write(ADA, List.of(new Edit.Put(route("bad", "/bad"), NONE)));

        assertThat(written.outcomes()).containsExactly(Outcome.REPLACED);
        assertThat(store.readAll().routes()).containsOnlyKeys("bad", "good");
        assertThat(store.readAll().unreadable()).isEmpty();
        assertThat(jdbi.<String, RuntimeException>withHandle(
                        handle -> handle.select("select before from change where id = 'bad'")
                                .mapTo(String.class)
                                .one()))
                .isEqualTo("[1,  2]");
    }

    @Test
    void anUnreadableRouteCanBeDeleted() throws Exception {
        insert("[]");

        store.write(ADA, List.of(new Edit.Delete(DocumentKey.route("bad"), NONE)));

        assertThat(store.readAll().unreadable()).isEmpty();
    }

    @Test
    void unreadableDefaultsCanBeReplaced() throws Exception {
        jdbi.useHandle(handle -> handle.execute("update defaults set document = '[]'"));

        store.write(ADA, List.of(new Edit.Put(defaults("{}"), NONE)));

        assertThat(store.readAll().unreadable()).isEmpty();
        assertThat(store.readAll().defaults().revision()).isEqualTo(2);
    }

    @Test
    void missingDefaultsCountAsEmptyAndCanBeWritten() throws Exception {
        jdbi.useHandle(handle -> handle.execute("delete from defaults"));
        assertThat(store.readAll().defaults().json()).isEmpty();

        store.write(ADA, List.of(new Edit.Put(defaults("{\"maxRequestBody\": \"1MiB\"}"), NONE)));

        assertThat(store.readAll().defaults().json()).hasSize(1);
    }

    @Test
    void aMissingRevisionCounterIsReportedWithARemedy() {
        jdbi.useHandle(handle -> handle.execute("delete from latest_revision"));

        assertThatThrownBy(store::readAll)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("latest_revision is empty; restore it");
        assertThatThrownBy(() -> store.write(ADA, List.of(new Edit.Delete(DocumentKey.route("good"), NONE))))
                .isInstanceOf(StoreUnavailableException.class);
    }

    private void insert(String document) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into route (id, document, match_key, revision) values ('bad', cast(? as json), 'bad', 1)",
                document));
    }
}
