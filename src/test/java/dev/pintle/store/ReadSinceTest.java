package dev.pintle.store;

import static dev.pintle.testing.TestRoutes.defaults;
import static dev.pintle.testing.TestRoutes.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.testing.TestPostgres;
import io.dropwizard.db.ManagedDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reading only the changes gives the same configuration as reading everything. */
class ReadSinceTest {
    private static final Author ADA = new Author("ada", null);
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

    @Test
    void theChangesSinceAnyRevisionLeadToTheLatest() throws Exception {
        Random random = new Random(7);
        List<Configuration> past = new ArrayList<>(List.of(store.readAll()));
        for (int i = 0; i < 60; i++) {
            store.write(ADA, randomEdits(random, past.getLast()));
            past.add(store.readAll());
        }

        assertThat(past)
                .allSatisfy(known ->
                        assertThat(store.read(new Baseline.Known(known))).isEqualTo(past.getLast()));
    }

    @Test
    void theLatestConfigurationIsReturnedAsTheSameInstance() throws Exception {
        store.write(ADA, List.of(new Edit.Put(route("same", "/same"), NONE)));
        Configuration latest = store.readAll();

        assertThat(store.read(new Baseline.Known(latest))).isSameAs(latest);
    }

    @Test
    void unchangedRoutesAreTheSameInstances() throws Exception {
        store.write(ADA, List.of(new Edit.Put(route("still", "/still"), NONE)));
        Configuration known = store.readAll();
        store.write(ADA, List.of(new Edit.Put(route("other", "/other"), NONE)));

        assertThat(store.read(new Baseline.Known(known)).routes().get("still"))
                .isSameAs(known.routes().get("still"));
    }

    @Test
    void everythingIsReadWhenTheHistoryWasPruned() throws Exception {
        Configuration known = store.readAll();
        store.write(ADA, List.of(new Edit.Put(route("pruned", "/pruned"), NONE)));
        jdbi.useHandle(handle -> handle.execute("delete from revision where number > ?", known.revision()));
        store.write(ADA, List.of(new Edit.Put(route("kept", "/kept"), NONE)));

        assertThat(store.read(new Baseline.Known(known))).isEqualTo(store.readAll());
        assertThat(store.readAll().routes()).containsKeys("pruned", "kept");
    }

    @Test
    void everythingIsReadWhenTheKnownRevisionIsLaterThanTheLatest() throws Exception {
        Configuration latest = store.readAll();
        Configuration otherDatabaseConfiguration =
                new Configuration(latest.revision() + 100, latest.defaults(), new TreeMap<>());

        assertThat(store.read(new Baseline.Known(otherDatabaseConfiguration))).isEqualTo(latest);
    }

    private static List<Edit> randomEdits(Random random, Configuration current) {
        List<Edit> edits = new ArrayList<>();
        List<String> ids = List.of("a", "b", "c", "d", "e");
        for (String id : ids.subList(0, random.nextInt(1, ids.size()))) {
            if (current.routes().containsKey(id) && random.nextBoolean()) {
                edits.add(new Edit.Delete(DocumentKey.route(id), NONE));
            } else {
                edits.add(new Edit.Put(route(id, '/' + id, "take " + random.nextInt(100)), NONE));
            }
        }
        if (random.nextInt(3) == 0) {
            edits.add(new Edit.Put(defaults("{\"maxRequestBody\":\"" + random.nextInt(1, 100) + "KiB\"}"), NONE));
        }
        return edits;
    }
}
