package dev.pintle.soak;

import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.GatewayProgram;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The environment of a drill: one gateway process, a proxy to its PostgreSQL, and upstreams. */
final class DrillSite implements AutoCloseable {
    private final List<AutoCloseable> open = new ArrayList<>();
    private final TestDatabase database;
    private final FlakyTcpProxy postgres;
    private final Path data = TestDataDirectory.create();
    private final List<String> options;
    private final List<GatewayProcess> nodes = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private GatewayProcess gateway;

    private DrillSite(
            TestDatabase database, GatewayProgram program, List<String> options, Map<String, String> environment) {
        this.database = database;
        this.postgres = keep(new FlakyTcpProxy(database.port()));
        this.options = options;
        this.gateway = start(program, postgres.port(), data, environment);
        nodes.add(gateway);
    }

    private DrillSite(List<String> options, Map<String, String> environment) {
        this(TestPostgres.migratedDatabase(), GatewayProgram.ofTests(), options, environment);
    }

    /** Creates an environment with an empty database, whose schema the gateway of this version creates. */
    static DrillSite ofVersion(GatewayProgram program, String heap, Map<String, String> environment) {
        return new DrillSite(TestPostgres.newDatabase(), program, GatewayProcess.production(heap), environment);
    }

    static DrillSite with(String heap) {
        return with(heap, Map.of());
    }

    /**
     * Creates an environment.
     *
     * @param environment more variables for config.yml
     */
    static DrillSite with(String heap, Map<String, String> environment) {
        return new DrillSite(GatewayProcess.production(heap), environment);
    }

    /**
     * Creates an environment.
     *
     * @param option one more JVM option, such as {@code -Ddw.server.maxConnections=12000}
     */
    static DrillSite with(String heap, Map<String, String> environment, String option) {
        List<String> options = new ArrayList<>(GatewayProcess.production(heap));
        options.add(option);
        return new DrillSite(options, environment);
    }

    /** Starts another node over the same database. */
    GatewayProcess anotherNode(Map<String, String> environment) {
        return anotherNode(postgres.port(), environment);
    }

    /** Starts another node that reaches the same database through another port. */
    GatewayProcess anotherNode(int databasePort, Map<String, String> environment) {
        return start(databasePort, TestDataDirectory.create(), environment);
    }

    /** Starts another node of a version. */
    GatewayProcess anotherNode(GatewayProgram program, Map<String, String> environment) {
        return start(program, postgres.port(), TestDataDirectory.create(), environment);
    }

    /** Starts a node of a version in place of a stopped one, with its data directory. */
    GatewayProcess successor(GatewayProcess stopped, GatewayProgram program, Map<String, String> environment) {
        return start(program, postgres.port(), stopped.data(), environment);
    }

    /** Starts more nodes, to which requests go in turn. */
    DrillSite withMoreNodes(int count) {
        for (int i = 0; i < count; i++) {
            nodes.add(anotherNode(Map.of()));
        }
        return this;
    }

    private GatewayProcess start(int databasePort, Path folder, Map<String, String> environment) {
        return start(GatewayProgram.ofTests(), databasePort, folder, environment);
    }

    private GatewayProcess start(
            GatewayProgram program, int databasePort, Path folder, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("DATABASE_URL", database.through(databasePort).url());
        return keep(GatewayProcess.start(program, options, folder, all));
    }

    GatewayProcess gateway() {
        return gateway;
    }

    List<GatewayProcess> nodes() {
        return nodes;
    }

    /** The node for the next request. */
    GatewayProcess next() {
        return nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
    }

    /** Creates a route, and waits until every node has it. */
    void route(String id, String path, String further, RawUpstream... upstreams) {
        gateway.route(id, path, further, upstreams);
        Waiting.await(
                "the route on every node",
                () -> nodes.stream()
                        .allMatch(node ->
                                node.admin("GET", "/api/v1/routes/" + id, "").statusCode() == 200));
    }

    FlakyTcpProxy postgres() {
        return postgres;
    }

    /** Restarts the stopped gateway with the same data directory. */
    void restart() {
        gateway = start(postgres.port(), data, Map.of());
        nodes.set(0, gateway);
    }

    RawUpstream upstream(RawUpstream.Conduct conduct) {
        return keep(RawUpstream.seenBy(request -> {}, conduct));
    }

    /** Starts an upstream that responds with this body. */
    RawUpstream healthy(String body) {
        return upstream(RawUpstream.answers(200, body));
    }

    ClientRequest get(String path, String expected) {
        return ClientRequest.get(next().port(), path, expected);
    }

    /** Closes an object with the environment, before the objects that were added earlier. */
    <T extends AutoCloseable> T keep(T thing) {
        open.add(thing);
        return thing;
    }

    @Override
    public void close() {
        for (AutoCloseable thing : open.reversed()) {
            try {
                thing.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
