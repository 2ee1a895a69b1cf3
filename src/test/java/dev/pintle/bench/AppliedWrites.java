package dev.pintle.bench;

import dev.pintle.store.Author;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.Edit;
import dev.pintle.store.Precondition;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import dev.pintle.testing.TestRoutes;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures writes with {@code wait=applied} on three nodes with 5,000 routes, and checks that every node serves each write once
 * it is answered.
 */
public final class AppliedWrites {
    private static final int ROUTES = 5_000;
    private static final int WARM_UP = 50;
    private static final int WRITES = 200;
    private static final int REQUESTS_A_NODE = 5;

    private AppliedWrites() {}

    public static void main(String[] arguments) throws Exception {
        TestDatabase database = TestPostgres.migratedDatabase();
        fill(database);
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
                TestGateway one = node(database);
                TestGateway two = node(database);
                TestGateway three = node(database)) {
            List<TestGateway> nodes = List.of(one, two, three);
            write(nodes, upstream, WARM_UP, "warm");
            print(write(nodes, upstream, WRITES, "write"));
        }
    }

    private static void fill(TestDatabase database) throws Exception {
        List<Edit> edits = IntStream.range(0, ROUTES)
                .<Edit>mapToObj(i -> new Edit.Put(TestRoutes.route("r" + i, "/r" + i), new Precondition.None()))
                .toList();
        ConfigurationStore.unpooled(database.configuration().listening()).write(new Author("bench", null), edits);
    }

    private static TestGateway node(TestDatabase database) {
        return TestGateway.start(database, TestGateway.newFolder());
    }

    /** Nanoseconds from request to answer, sorted. */
    private static long[] write(List<TestGateway> nodes, RawUpstream upstream, int writes, String name) {
        long[] took = new long[writes];
        for (int i = 0; i < writes; i++) {
            String path = "/" + name + i;
            long start = System.nanoTime();
            HttpResponse<String> response = nodes.getFirst()
                    .admin("PUT", "/api/v1/routes/moving?wait=applied", TestRoutes.json(path, "", upstream));
            took[i] = System.nanoTime() - start;
            require(response.statusCode() < 202, response.body());
            for (TestGateway node : nodes) {
                for (int request = 0; request < REQUESTS_A_NODE; request++) {
                    require(node.get(path).statusCode() == 200, "a node does not serve " + path);
                }
            }
        }
        Arrays.sort(took);
        return took;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static void print(long[] sorted) {
        System.out.printf(
                "%d writes with wait=applied, 3 nodes, %d routes: p50 %.1f ms, p99 %.1f ms, max %.1f ms;"
                        + " %d requests to each node all showed the write%n",
                sorted.length,
                ROUTES,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6,
                sorted[sorted.length - 1] / 1e6,
                sorted.length * REQUESTS_A_NODE);
    }
}
