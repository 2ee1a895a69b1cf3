package dev.pintle.soak;

import dev.pintle.DataFolder;
import dev.pintle.FaultyLine;
import dev.pintle.GatewayProcess;
import dev.pintle.RawUpstream;
import dev.pintle.TestDatabase;
import dev.pintle.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a drill happens on: one gateway process, the line to its PostgreSQL, and upstreams. */
final class Site implements AutoCloseable {
    private final List<AutoCloseable> open = new ArrayList<>();
    private final TestDatabase database = TestPostgres.newDatabase();
    private final FaultyLine postgres = keep(new FaultyLine(database.port()));
    private final Path data = DataFolder.create();
    private final String heap;
    private GatewayProcess gateway;

    private Site(String heap, Map<String, String> environment) {
        this.heap = heap;
        this.gateway = start(data, environment);
    }

    static Site with(String heap) {
        return with(heap, Map.of());
    }

    /** @param environment what else config.yml is to find */
    static Site with(String heap, Map<String, String> environment) {
        return new Site(heap, environment);
    }

    /** One more node over the same database. */
    GatewayProcess anotherNode(Map<String, String> environment) {
        return start(DataFolder.create(), environment);
    }

    private GatewayProcess start(Path folder, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("DATABASE_URL", database.through(postgres.port()).url());
        return keep(GatewayProcess.start(GatewayProcess.production(heap), folder, all));
    }

    GatewayProcess gateway() {
        return gateway;
    }

    FaultyLine postgres() {
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

    Question get(String path, String expected) {
        return Question.get(gateway.port(), path, expected);
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
