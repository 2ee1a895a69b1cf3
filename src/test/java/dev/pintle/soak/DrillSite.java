package dev.pintle.soak;

import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a drill happens on: one gateway process, the line to its PostgreSQL, and upstreams. */
final class DrillSite implements AutoCloseable {
    private final List<AutoCloseable> open = new ArrayList<>();
    private final TestDatabase database = TestPostgres.newDatabase();
    private final FlakyTcpProxy postgres = keep(new FlakyTcpProxy(database.port()));
    private final Path data = TestDataDirectory.create();
    private final String heap;
    private GatewayProcess gateway;

    private DrillSite(String heap, Map<String, String> environment) {
        this.heap = heap;
        this.gateway = start(data, environment);
    }

    static DrillSite with(String heap) {
        return with(heap, Map.of());
    }

    /** @param environment what else config.yml is to find */
    static DrillSite with(String heap, Map<String, String> environment) {
        return new DrillSite(heap, environment);
    }

    /** One more node over the same database. */
    GatewayProcess anotherNode(Map<String, String> environment) {
        return start(TestDataDirectory.create(), environment);
    }

    private GatewayProcess start(Path folder, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("DATABASE_URL", database.through(postgres.port()).url());
        return keep(GatewayProcess.start(GatewayProcess.production(heap), folder, all));
    }

    GatewayProcess gateway() {
        return gateway;
    }

    FlakyTcpProxy postgres() {
        return postgres;
    }

    /** Starts the gateway, which was stopped, over the same folder. */
    void startAgain() {
        gateway = start(data, Map.of());
    }

    RawUpstream upstream(RawUpstream.Conduct conduct) {
        return keep(RawUpstream.seenBy(request -> {}, conduct));
    }

    /** An upstream that answers with that body. */
    RawUpstream well(String body) {
        return upstream(RawUpstream.answers(200, body));
    }

    ClientRequest get(String path, String expected) {
        return ClientRequest.get(gateway.port(), path, expected);
    }

    /** Closed with the site, before what was kept earlier. */
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
