package dev.pintle.store;

import static dev.pintle.testing.TestRoutes.defaults;
import static dev.pintle.testing.TestRoutes.read;
import static dev.pintle.testing.TestRoutes.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.RouteDocument;
import dev.pintle.store.EditRejectedException.Reason;
import dev.pintle.store.WriteResult.Outcome;
import dev.pintle.testing.TestPostgres;
import io.dropwizard.db.ManagedDataSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Edits are stored as revisions, under preconditions. */
class ConfigurationStoreTest {
    private static final Author ADA = new Author("ada", "because");
    private static final Precondition NONE = new Precondition.None();

    private static ManagedDataSource pool;
    private static Jdbi jdbi;
    private static ConfigurationStore store;

    @BeforeAll
    static void open() {
        pool = TestPostgres.migratedDatabase().pool();
        jdbi = Jdbi.create(pool);
        store = new ConfigurationStore(jdbi);
    }

    @AfterAll
    static void close() throws Exception {
        pool.stop();
    }

    @BeforeEach
    void empty() {
        jdbi.useHandle(handle -> handle.execute("truncate revision, change, route;"
                + "update defaults set document = '{}', revision = 0; update latest_revision set number = 0"));
    }

    @Test
    void aNewDatabaseHoldsRevisionZero() throws Exception {
        assertThat(store.readAll()).isEqualTo(Configuration.EMPTY);
    }

    @Test
    void anEditCreatesARevisionWithAuthorReasonAndChanges() throws Exception {
        store.write(ADA, List.of(put(route("a", "/a", "one"))));
        store.write(
                ADA,
                List.of(put(route("a", "/a", "two")), new Edit.Put(defaults("{\"maxRequestBody\":\"1MiB\"}"), NONE)));
        store.write(new Author("bob", null), List.of(delete("a")));

        assertThat(jdbi.<List<String>, RuntimeException>withHandle(
                        handle -> handle.select("""
                                select number || ' ' || author || ' ' || coalesce(reason, '-') || ' ' || kind || ' ' || id || ' '
                                    || coalesce(before ->> 'description', before ->> 'maxRequestBody', '-') || ' '
                                    || coalesce(after ->> 'description', after ->> 'maxRequestBody', '-')
                                from revision join change on revision = number order by number, kind""").mapTo(String.class).list()))
                .containsExactly(
                        "1 ada because route a - one",
                        "2 ada because defaults defaults - 1MiB",
                        "2 ada because route a one two",
                        "3 bob - route a two -");
    }

    @Test
    void aDocumentIsStoredAsWritten() throws Exception {
        RouteDocument written = read("""
                {"upstream": {"targets": [{"weight": 2, "url": "http://127.0.0.1:9"}]}, "enabled": null,
                 "match": {"path": "/a"}, "description": "ü tab\\t quote\\" nul\\u0000 \\ud83d\\ude00", "id": "a"}""");

        store.write(ADA, List.of(put(written)));

        assertThat(store.readAll().routes().get("a").json().toString())
                .isEqualTo(written.json().toString());
    }

    @Test
    void editsWithoutEffectCreateNoRevision() throws Exception {
        store.write(ADA, List.of(put(route("a", "/a")), put(route("b", "/b"))));

        WriteResult again = store.write(ADA, List.of(put(route("b", "/b")), put(route("a", "/a"))));

        assertThat(again).isEqualTo(new WriteResult(1, List.of(Outcome.UNCHANGED, Outcome.UNCHANGED)));
        assertThat(store.readAll().revision()).isEqualTo(1);
        assertThat(count("revision")).isEqualTo(1);
    }

    @Test
    void onlyTheDocumentsThatAnImportChangesGetItsRevision() throws Exception {
        store.write(ADA, List.of(put(route("a", "/a")), put(route("b", "/b"))));

        WriteResult written =
                store.write(ADA, List.of(put(route("a", "/a")), put(route("b", "/b", "new")), put(route("c", "/c"))));

        assertThat(written)
                .isEqualTo(new WriteResult(2, List.of(Outcome.UNCHANGED, Outcome.REPLACED, Outcome.CREATED)));
        assertThat(store.readAll().routes().values()).extracting("revision").containsExactly(1L, 2L, 2L);
    }

    @Test
    void editsThatCancelEachOtherCreateNoRevision() throws Exception {
        WriteResult written = store.write(ADA, List.of(put(route("a", "/a")), delete("a")));

        assertThat(written).isEqualTo(new WriteResult(0, List.of(Outcome.CREATED, Outcome.DELETED)));
        assertThat(count("revision")).isZero();
    }

    @Test
    void aFailedPreconditionRejectsTheWholeList() throws Exception {
        store.write(ADA, List.of(put(route("a", "/a"))));

        EditRejectedException refused = refused(
                put(route("b", "/b")), new Edit.Put(route("a", "/new"), new Precondition.WrittenBy(Set.of(7L))));

        assertThat(refused.reason()).isEqualTo(Reason.PRECONDITION);
        assertThat(refused.route()).isEqualTo("a");
        assertThat(refused).hasMessageContaining("\"a\" was last written by revision 1");
        assertThat(store.readAll().routes()).containsOnlyKeys("a");
        assertThat(store.readAll().revision()).isEqualTo(1);
    }

    @Test
    void everyPreconditionHoldsForAMatchingDocument() throws Exception {
        store.write(ADA, List.of(new Edit.Put(route("a", "/a"), new Precondition.Absent())));
        store.write(ADA, List.of(new Edit.Put(route("a", "/a", "2"), new Precondition.Exists())));
        store.write(ADA, List.of(new Edit.Put(route("a", "/a", "3"), new Precondition.WrittenBy(Set.of(9L, 2L)))));
        store.write(
                ADA,
                List.of(new Edit.Put(
                        defaults("{\"maxRequestBody\":\"1MiB\"}"), new Precondition.WrittenBy(Set.of(0L)))));
        store.write(ADA, List.of(new Edit.Delete(DocumentKey.route("a"), new Precondition.WrittenBy(Set.of(3L)))));

        assertThat(store.readAll().revision()).isEqualTo(5);
    }

    @Test
    void everyPreconditionFailsForANonMatchingDocument() throws Exception {
        store.write(ADA, List.of(put(route("a", "/a"))));

        assertThat(refused(new Edit.Put(route("a", "/a"), new Precondition.Absent()))
                        .reason())
                .isEqualTo(Reason.PRECONDITION);
        assertThat(refused(new Edit.Put(route("b", "/b"), new Precondition.Exists()))
                        .reason())
                .isEqualTo(Reason.PRECONDITION);
        assertThat(refused(new Edit.Put(route("b", "/b"), new Precondition.WrittenBy(Set.of(1L))))
                        .reason())
                .isEqualTo(Reason.PRECONDITION);
        assertThat(refused(new Edit.Delete(DocumentKey.route("a"), new Precondition.WrittenBy(Set.of(2L))))
                        .reason())
                .isEqualTo(Reason.PRECONDITION);
        assertThat(refused(new Edit.Put(defaults("{}"), new Precondition.Absent()))
                        .reason())
                .isEqualTo(Reason.PRECONDITION);
    }

    @Test
    void aMissingRouteCannotBeDeletedUnderAnyPrecondition() {
        assertThat(refused(delete("a")).reason()).isEqualTo(Reason.ABSENT);
        assertThat(refused(new Edit.Delete(DocumentKey.route("a"), new Precondition.WrittenBy(Set.of(1L))))
                        .reason())
                .isEqualTo(Reason.ABSENT);
    }

    @Test
    void aDuplicateMatchIsRejectedNamingTheOtherRoute() throws Exception {
        store.write(ADA, List.of(put(route("users", "/users"))));

        EditRejectedException refused = refused(put(route("people", "/users")));

        assertThat(refused.reason()).isEqualTo(Reason.MATCH_TAKEN);
        assertThat(refused.route()).isEqualTo("users");
        assertThat(refused).hasMessageContaining("\"people\"").hasMessageContaining("\"users\"");
    }

    @Test
    void twoRoutesOfOneImportCannotHaveTheSameMatch() {
        EditRejectedException refused = refused(put(route("users", "/users")), put(route("people", "/users")));

        assertThat(refused.reason()).isEqualTo(Reason.MATCH_TAKEN);
        assertThat(refused.route()).isEqualTo("users");
    }

    @Test
    void oneImportMaySwapMatchesBetweenRoutes() throws Exception {
        store.write(ADA, List.of(put(route("a", "/1")), put(route("b", "/2")), put(route("c", "/3"))));

        store.write(ADA, List.of(put(route("a", "/2")), put(route("b", "/1")), put(route("d", "/3")), delete("c")));

        assertThat(paths()).isEqualTo(Map.of("a", "/2", "b", "/1", "d", "/3"));
    }

    @Test
    void theDatabaseRejectsADuplicateMatch() throws Exception {
        store.write(ADA, List.of(put(route("a", "/a"))));

        Exception refused = catchThrowableOfType(
                Exception.class,
                () -> jdbi.useHandle(handle ->
                        handle.execute("insert into route select 'b', document, match_key, revision from route")));

        assertThat(refused).hasMessageContaining("route_match_is_unique");
    }

    @Test
    void tenThousandRoutesFitInOneRevision() throws Exception {
        List<Edit> edits = IntStream.range(0, 10_000)
                .mapToObj(i -> put(route("r" + i, "/r/" + i)))
                .toList();

        WriteResult written = store.write(ADA, edits);

        assertThat(written.revision()).isEqualTo(1);
        assertThat(Collections.frequency(written.outcomes(), Outcome.CREATED)).isEqualTo(10_000);
        assertThat(store.readAll().routes()).hasSize(10_000);
        assertThat(store.write(ADA, edits).revision()).isEqualTo(1);
    }

    private static Map<String, String> paths() throws Exception {
        return store.readAll().routes().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        route -> route.getValue().json().at("/match/path").textValue()));
    }

    private static long count(String table) {
        return jdbi.<Long, RuntimeException>withHandle(handle ->
                handle.select("select count(*) from " + table).mapTo(long.class).one());
    }

    private static EditRejectedException refused(Edit... edits) {
        return catchThrowableOfType(EditRejectedException.class, () -> store.write(ADA, List.of(edits)));
    }

    private static Edit put(RouteDocument route) {
        return new Edit.Put(route, NONE);
    }

    private static Edit delete(String id) {
        return new Edit.Delete(DocumentKey.route(id), NONE);
    }
}
