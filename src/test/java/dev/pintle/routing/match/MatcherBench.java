package dev.pintle.routing.match;

import dev.pintle.http.GatewayRequest;
import dev.pintle.routing.Route;
import dev.pintle.routing.path.AmbiguousPathException;
import dev.pintle.routing.path.PathAmbiguityGuard;
import dev.pintle.routing.table.Tables;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of a route lookup by the number of routes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatcherBench {
    @Param({"1", "100", "10000"})
    int routes;

    private Matcher matcher = Tables.prefixes("/");
    private GatewayRequest plain = Tables.get("/");
    private GatewayRequest encoded = Tables.get("/");

    @Setup
    public void fill() {
        String[] paths = new String[routes];
        Arrays.setAll(paths, i -> "/api/svc" + i % 100 + "/resource" + i);
        matcher = Tables.prefixes(paths);
        plain = Tables.get(paths[routes / 2] + "/items/42");
        encoded = Tables.get(paths[routes / 2] + "/items/a%2Fb");
    }

    @Benchmark
    public @Nullable Route plainPath() throws AmbiguousPathException {
        return PathAmbiguityGuard.select(matcher, plain);
    }

    @Benchmark
    public @Nullable Route encodedPath() throws AmbiguousPathException {
        return PathAmbiguityGuard.select(matcher, encoded);
    }
}
