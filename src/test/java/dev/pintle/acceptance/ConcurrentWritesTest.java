package dev.pintle.acceptance;

import static dev.pintle.testing.TestRoutes.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.config.VersionedDocument;
import dev.pintle.store.Author;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.Edit;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.Precondition;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.testing.TestPostgres;
import io.dropwizard.db.ManagedDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Concurrent writers with If-Match lose no update, and their revisions have consecutive numbers in the order of their
 * commits.
 */
class ConcurrentWritesTest {
    private static final int WRITERS = 6;
    private static final int UPDATES_EACH = 6;
    private static final int LAST_REVISION = 1 + WRITERS * UPDATES_EACH;

    private ManagedDataSource pool;
    private Jdbi jdbi;
    private ConfigurationStore store;

    @BeforeEach
    void open() throws Exception {
        pool = TestPostgres.migratedDatabase().pool();
        jdbi = Jdbi.create(pool);
        store = new ConfigurationStore(jdbi);
        write(0, new Precondition.Absent());
    }

    @AfterEach
    void close() throws Exception {
        pool.stop();
    }

    @Test
    void noUpdateIsLost() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.add(threads.submit(this::increment));
            }
            while (store.readAll().revision() < LAST_REVISION
                    && !writers.stream().allMatch(Future::isDone)) {
                assertRevisionsHaveNoGap();
            }
            for (Future<Void> writer : writers) {
                writer.get();
            }
        }

        assertThat(store.readAll().revision()).isEqualTo(LAST_REVISION);
        assertThat(count(counter())).isEqualTo(WRITERS * UPDATES_EACH);
        assertRevisionsHaveNoGap();
    }

    /** Increments the counter repeatedly, and retries each time until no other writer interferes. */
    private Void increment() throws Exception {
        for (int done = 0; done < UPDATES_EACH; ) {
            VersionedDocument read = counter();
            try {
                write(count(read) + 1, new Precondition.WrittenBy(Set.of(read.revision())));
                done++;
            } catch (EditRejectedException e) {
                assertThat(e.reason()).isEqualTo(EditRejectedException.Reason.PRECONDITION);
            }
        }
        return null;
    }

    /** At any moment the visible revisions have no gap: no revision commits before one with a smaller number. */
    private void assertRevisionsHaveNoGap() {
        assertThat(jdbi.<Boolean, RuntimeException>withHandle(handle -> handle.select(
                                "select count(*) = max(number) and max(number) = (select number from latest_revision) from revision")
                        .mapTo(boolean.class)
                        .one()))
                .isTrue();
    }

    private void write(int count, Precondition precondition) throws Exception {
        store.write(
                new Author("counter", null),
                List.of(new Edit.Put(route("counter", "/counter", String.valueOf(count)), precondition)));
    }

    private VersionedDocument counter() throws StoreUnavailableException {
        return store.readAll().routes().get("counter");
    }

    private static int count(VersionedDocument counter) {
        return Integer.parseInt(counter.json().get("description").textValue());
    }
}
