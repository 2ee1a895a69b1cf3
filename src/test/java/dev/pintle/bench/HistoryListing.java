package dev.pintle.bench;

import dev.pintle.store.Author;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.Edit;
import dev.pintle.store.Precondition;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import dev.pintle.testing.TestRoutes;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Measures the calls of the history with 10,000 routes and 10,000 revisions. */
public final class HistoryListing {
    private static final int ROUTES = 10_000;
    private static final int CALLS = 50;
    private static final List<String> PATHS = List.of(
            "revisions",
            "revisions?before=5000&limit=500",
            "revisions?route=r77",
            "revisions?author=bench",
            "revisions/5000",
            "diff?from=9900",
            "audit");

    private HistoryListing() {}

    public static void main(String[] arguments) throws Exception {
        TestDatabase database = TestPostgres.newDatabase().migrated();
        fill(database);
        try (TestGateway gateway = TestGateway.start(database, TestGateway.newFolder())) {
            for (String path : PATHS) {
                measure(gateway, path);
                print(path, measure(gateway, path));
            }
        }
    }

    private static void fill(TestDatabase database) throws Exception {
        List<Edit> edits = IntStream.range(0, ROUTES)
                .<Edit>mapToObj(i -> new Edit.Put(TestRoutes.route("r" + i, "/r" + i), new Precondition.None()))
                .toList();
        ConfigurationStore.unpooled(database.configuration().listening()).write(new Author("bench", null), edits);
        try (Connection connection = database.configuration().listening().getConnection()) {
            connection.createStatement().execute("""
                    insert into revision (number, author, cause)
                        select n, case when n % 100 = 0 then 'bench' else 'ada' end, 'edit'
                        from generate_series(2, 10000) n;
                    insert into change (revision, kind, id, before, after)
                        select n, 'route', id, document, document
                        from generate_series(2, 10000) n join route on id = 'r' || n % 5000;
                    update latest_revision set number = 10000;
                    analyze""");
        }
    }

    /** Nanoseconds of each call, sorted. */
    private static long[] measure(TestGateway gateway, String path) {
        long[] took = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long start = System.nanoTime();
            HttpResponse<String> response = gateway.admin("GET", "/api/v1/" + path, "");
            took[i] = System.nanoTime() - start;
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.body());
            }
        }
        Arrays.sort(took);
        return took;
    }

    private static void print(String path, long[] sorted) {
        System.out.printf(
                "GET /api/v1/%s: p50 %.1f ms, max %.1f ms%n",
                path, sorted[sorted.length / 2] / 1e6, sorted[sorted.length - 1] / 1e6);
    }
}
