package dev.pintle.bench;

import static dev.pintle.testing.TestRoutes.route;

import dev.pintle.sync.TestNode;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Measures how long after its commit on one node another node serves a write, over one PostgreSQL. */
public final class Propagation {
    private static final int WARM_UP = 50;
    private static final int WRITES = 200;

    private Propagation() {}

    public static void main(String[] arguments) throws Exception {
        TestDatabase database = TestPostgres.migratedDatabase();
        Path folder = Files.createTempDirectory("propagation");
        try (TestNode a = new TestNode(database, folder.resolve("a")).started();
                TestNode b = new TestNode(database, folder.resolve("b")).started()) {
            while (!b.sync().status().listening()) {
                LockSupport.parkNanos(1_000_000);
            }
            measure(a, b, WARM_UP);
            print(measure(a, b, WRITES));
        }
    }

    /** Returns the nanoseconds from commit to service, sorted. */
    private static long[] measure(TestNode a, TestNode b, int writes) throws Exception {
        long[] took = new long[writes];
        for (int i = 0; i < writes; i++) {
            long revision = a.write(route("moving", "/moving", "write " + System.nanoTime()));
            long committed = System.nanoTime();
            while (b.sync().current().revision() < revision) {
                LockSupport.parkNanos(50_000);
            }
            took[i] = System.nanoTime() - committed;
        }
        Arrays.sort(took);
        return took;
    }

    private static void print(long[] sorted) {
        System.out.printf(
                "%d writes on node A, live on node B after: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                sorted.length,
                millis(sorted[sorted.length / 2]),
                millis(sorted[sorted.length * 99 / 100]),
                millis(sorted[sorted.length - 1]));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
