package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.testing.AdminApiHarness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The history works with ten thousand routes and revisions. The first revision imports all routes, each other one
 * changes one route.
 */
class LongHistoryTest {
    private static final int MANY = 10_000;

    private static AdminApiHarness admin;

    @BeforeAll
    static void fill(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
        admin.execute("""
                create function document(id int, revision int) returns json language sql immutable as $$
                    select format('{"id":"r%s","description":"of %s","match":{"path":"/r%s"},'
                        '"upstream":{"targets":[{"url":"http://127.0.0.1:9"}]}}', id, revision, id)::json $$;
                insert into revision (number, author, cause)
                    select n, case when n % 100 = 0 then 'ada' else 'bob' end, 'edit' from generate_series(1, 10000) n;
                insert into change select 1, 'route', 'r' || id, null, document(id, 1) from generate_series(1, 10000) id;
                insert into change select n, 'route', 'r' || n, document(n, 1), document(n, n) from generate_series(2, 10000) n;
                insert into route select 'r' || id, document(id, id), 'match ' || id, id from generate_series(1, 10000) id;
                update latest_revision set number = 10000;
                analyze""");
        admin.sync.catchUp();
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @Test
    void everyRevisionIsOnOnePage() throws Exception {
        List<Long> numbers = new ArrayList<>();
        String next = "&before=" + (MANY + 1);
        do {
            JsonNode page = admin.get("/api/v1/revisions?limit=500" + next).json();
            page.path("revisions").forEach(revision -> {
                numbers.add(revision.path("number").asLong());
                assertThat(revision.path("changes")).isNotEmpty();
            });
            next = page.has("next") ? "&before=" + page.path("next").asLong() : "";
        } while (!next.isEmpty());

        assertThat(numbers)
                .isEqualTo(LongStream.rangeClosed(1, MANY)
                        .map(i -> MANY + 1 - i)
                        .boxed()
                        .toList());
    }

    @Test
    void revisionsAreFilteredByRouteAndAuthor() throws Exception {
        assertThat(admin.get("/api/v1/revisions?route=r77&before=10001").json().path("revisions"))
                .extracting(revision -> revision.path("number").asLong())
                .containsExactly(77L, 1L);
        JsonNode ada = admin.get("/api/v1/revisions?author=ada&limit=100").json();
        assertThat(ada.path("revisions")).hasSize(100);
        assertThat(ada.has("next")).isFalse();
    }

    @Test
    void theConfigurationOfAnIntermediateRevisionIsReadable() throws Exception {
        JsonNode routes =
                admin.get("/api/v1/revisions/5000/configuration").json().path("routes");

        assertThat(routes).hasSize(MANY);
        routes.forEach(route -> {
            int id = Integer.parseInt(route.path("id").asText().substring(1));
            assertThat(route.path("description").asText()).isEqualTo("of " + (id <= 5_000 ? id : 1));
        });
    }

    @Test
    void theFirstRevisionIsComparedAndRestored() throws Exception {
        JsonNode diff = admin.get("/api/v1/diff?from=1&to=10000").json();
        assertThat(diff.path("changes")).hasSize(MANY - 1);

        JsonNode restored =
                admin.call("POST", "/api/v1/revisions/1/restore").send().json();

        assertThat(restored.path("revision").asLong()).isEqualTo(MANY + 1);
        assertThat(restored.path("changes")).hasSize(MANY - 1);
        assertThat(admin.sync.current().routes().values())
                .isNotEmpty()
                .allSatisfy(route ->
                        assertThat(route.json().path("description").asText()).isEqualTo("of 1"));
        assertThat(admin.call("POST", "/api/v1/revisions/10001/revert").send().status())
                .isEqualTo(200);
    }
}
