package dev.pintle.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.store.AuditEntry.Outcome;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditStoreTest {
    private static final String UNLOCKED = "alter table audit disable trigger audit_is_append_only; ";

    private final TestDatabase database = TestPostgres.migratedDatabase();
    private final Jdbi jdbi = Jdbi.create(database.configuration().listening());
    private final AuditStore audit = new AuditStore(jdbi);

    @ParameterizedTest
    @ValueSource(strings = {"update audit set author = 'x'", "delete from audit", "truncate audit"})
    void theTableRefusesChanges(String sql) throws Exception {
        audit.add(refused("a"), Duration.ZERO);

        assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(sql)))
                .hasMessageContaining("The table audit is append-only");

        assertThat(audit.verify().entries()).isEqualTo(1);
    }

    @Test
    void anIntactTableVerifies() throws Exception {
        assertThat(audit.verify()).isEqualTo(new AuditVerdict(0, "", null));
        addThree();

        AuditVerdict verdict = audit.verify();

        assertThat(verdict.isIntact()).isTrue();
        assertThat(verdict.entries()).isEqualTo(3);
        assertThat(verdict.head()).isEqualTo(all().getFirst().hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit set author = 'x' where number = 2",
                "update audit set routes = '{}' where number = 2",
                "update audit set at = at + interval '1 microsecond' where number = 2",
                "update audit set outcome = 'done' where number = 2",
                "update audit set query = 'x' where number = 2",
                "delete from audit where number = 2"
            })
    void aChangedOrMissingRowIsTheFirstBroken(String sql) throws Exception {
        addThree();
        jdbi.useHandle(handle -> handle.execute(UNLOCKED + sql));

        assertThat(audit.verify().firstBroken()).isEqualTo(2);
    }

    @Test
    void aRowMissingAtTheEndIsFound() throws Exception {
        addThree();
        jdbi.useHandle(handle -> handle.execute(UNLOCKED + "delete from audit where number = 3"));

        assertThat(audit.verify().firstBroken()).isEqualTo(3);
    }

    @Test
    void aCallHasOneRowHoweverOftenItIsAdded() throws Exception {
        AuditEntry entry = refused("a");
        audit.add(entry, Duration.ZERO);
        audit.add(entry, Duration.ofMinutes(1));

        assertThat(all()).hasSize(1);
        assertThat(audit.verify().isIntact()).isTrue();
    }

    @Test
    void aHeldAttemptKeepsItsTime() throws Exception {
        audit.add(refused("now"), Duration.ZERO);
        audit.add(refused("earlier"), Duration.ofMinutes(5));

        List<AuditRow> rows = all();
        assertThat(Duration.between(rows.get(0).at(), rows.get(1).at()))
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(audit.verify().isIntact()).isTrue();
    }

    @Test
    void writersAtTheSameTimeMakeOneChain() throws Exception {
        List<Callable<Boolean>> writers = IntStream.range(0, 20)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    audit.add(refused("w" + i), Duration.ZERO);
                    return true;
                })
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> written : threads.invokeAll(writers)) {
                assertThat(written.get()).isTrue();
            }
        }

        assertThat(audit.verify().isIntact()).isTrue();
        assertThat(all()).extracting(AuditRow::number).doesNotHaveDuplicates().hasSize(20);
    }

    @Test
    void aCommandHasARowWithoutACall() throws Exception {
        audit.add(
                new AuditEntry(new Author("routes import", null), Outcome.DONE, null, null, 7L, List.of("a")),
                Duration.ZERO);

        assertThat(all().getFirst().entry().author().call()).isNull();
        assertThat(audit.verify().isIntact()).isTrue();
    }

    @Test
    void aRowWithAnOutcomeOfALaterVersionIsListedAndVerified() throws Exception {
        jdbi.useHandle(handle -> handle.execute("alter table audit drop constraint audit_outcome_check"));
        audit.add(new AuditEntry(new Author("ann", null), "deferred", null, null, null, List.of("a")), Duration.ZERO);

        assertThat(all().getFirst().entry().outcome()).isEqualTo("deferred");
        assertThat(audit.verify().isIntact()).isTrue();
    }

    private void addThree() throws Exception {
        for (String route : List.of("a", "b", "c")) {
            audit.add(refused(route), Duration.ZERO);
        }
    }

    private static AuditEntry refused(String route) {
        AuditedCall call = new AuditedCall(
                UUID.randomUUID(),
                "editor",
                "127.0.0.1",
                "0af7651916cd43dd8448eb211c80319c",
                "PUT",
                "/api/v1/routes/" + route,
                null);
        return new AuditEntry(new Author("ann", "why", call), Outcome.REFUSED, 422, "invalid", null, List.of(route));
    }

    private List<AuditRow> all() throws Exception {
        return audit.list(new AuditQuery(100, Long.MAX_VALUE, null, null, null));
    }
}
