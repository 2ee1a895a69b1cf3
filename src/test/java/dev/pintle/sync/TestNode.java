package dev.pintle.sync;

import dev.pintle.TestDatabase;
import dev.pintle.route.Configuration;
import dev.pintle.route.RouteDocument;
import dev.pintle.routing.Source;
import dev.pintle.store.Author;
import dev.pintle.store.Edit;
import dev.pintle.store.Notifications;
import dev.pintle.store.Precondition;
import dev.pintle.store.RouteStore;
import dev.pintle.time.Ticker;
import io.dropwizard.db.ManagedDataSource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;

/** What a node has of store and sync; it notes what it publishes instead of compiling it. */
public final class TestNode implements AutoCloseable {
    private final ManagedDataSource pool;
    private final RouteStore store;
    private final Sync sync;
    private final List<Published> published = new CopyOnWriteArrayList<>();

    public TestNode(TestDatabase database, Path snapshot) {
        this(database, database, snapshot);
    }

    /** A node that listens over another way than it reads. */
    public TestNode(TestDatabase database, TestDatabase listening, Path snapshot) {
        this.pool = database.pool();
        this.store = new RouteStore(Jdbi.create(pool));
        this.sync = new Sync(
                store,
                new Notifications(listening.configuration().listening()),
                new SnapshotFile(snapshot),
                (configuration, source) -> published.add(new Published(configuration, source)),
                Ticker.SYSTEM,
                InstantSource.system(),
                RandomGenerator.getDefault());
    }

    public TestNode started() throws Exception {
        sync.start();
        return this;
    }

    public RouteStore store() {
        return store;
    }

    public Sync sync() {
        return sync;
    }

    public List<Published> published() {
        return published;
    }

    public long write(RouteDocument route) throws Exception {
        return store.write(new Author("test", null), List.of(new Edit.PutRoute(route, new Precondition.None())))
                .revision();
    }

    @Override
    public void close() {
        sync.close();
        try {
            pool.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** One call of {@link Publisher#publish}. */
    public record Published(Configuration configuration, Source source) {}
}
