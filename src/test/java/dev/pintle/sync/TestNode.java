package dev.pintle.sync;

import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.KeyDictionary;
import dev.pintle.config.RouteDocument;
import dev.pintle.history.SettingLayers;
import dev.pintle.identity.ConsumerDirectory;
import dev.pintle.identity.Identities;
import dev.pintle.identity.IdentityProviders;
import dev.pintle.routing.RouteSchema;
import dev.pintle.routing.table.ConfigurationSource;
import dev.pintle.store.Author;
import dev.pintle.store.CircuitOverride;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.ConfirmationStore;
import dev.pintle.store.CredentialStore;
import dev.pintle.store.Edit;
import dev.pintle.store.LimitReset;
import dev.pintle.store.MaintenanceWindow;
import dev.pintle.store.NodeHeartbeat;
import dev.pintle.store.NodeIdentity;
import dev.pintle.store.Precondition;
import dev.pintle.store.ReportedNodes;
import dev.pintle.store.RevisionNotifications;
import dev.pintle.telemetry.Metrics;
import dev.pintle.testing.TestDatabase;
import dev.pintle.time.Ticker;
import io.dropwizard.db.ManagedDataSource;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;

/** The store and sync part of a node. Records published configurations instead of activating them. */
public final class TestNode implements AutoCloseable {
    private final DocumentCache documents = new DocumentCache(RouteSchema.SCHEMA);
    private final ManagedDataSource pool;
    private final ConfigurationStore store;
    private final OperatorOverrides overrides;
    private final ConfigurationSync sync;
    private final UUID id = UUID.randomUUID();
    private final List<Published> published = new CopyOnWriteArrayList<>();
    final SignOuts signOuts = new SignOuts(Instant.now());
    private final AppliedOverrides applied = new AppliedOverrides();

    public TestNode(TestDatabase database, Path snapshot) {
        this(database, database, snapshot);
    }

    /** A node that listens over another address than it reads from. */
    public TestNode(TestDatabase database, TestDatabase listening, Path snapshot) {
        this(database, listening, snapshot, Ticker.SYSTEM);
    }

    /** @param ticker measures the time of the overrides, and the time that an unconfirmed revision has left */
    TestNode(TestDatabase database, TestDatabase listening, Path snapshot, Ticker ticker) {
        this.pool = database.pool();
        this.store = new ConfigurationStore(Jdbi.create(pool));
        ChangeGuard guard = new ChangeGuard(
                new Metrics(new PrometheusRegistry(), ticker).recentTraffic(),
                SettingLayers.of(RouteSchema.SCHEMA),
                ticker);
        this.overrides = new OperatorOverrides(
                () -> new NodeHeartbeat(
                        new NodeIdentity(id, "test", "test", KeyDictionary.of(RouteSchema.SCHEMA)),
                        0,
                        "",
                        "none",
                        List.of(),
                        false,
                        guard.report()),
                new ClusterStore(Jdbi.create(pool)),
                applied,
                signOuts,
                ticker,
                InstantSource.system());
        this.sync = new ConfigurationSync(
                store,
                new ConfirmationStore(Jdbi.create(pool)),
                new RevisionNotifications(listening.configuration().listening()),
                overrides,
                guard,
                new CredentialSync(
                        new CredentialStore(Jdbi.create(pool)),
                        new Identities(
                                new ConsumerDirectory(documents),
                                new IdentityProviders(
                                        documents, url -> new byte[0], Ticker.SYSTEM, InstantSource.system()),
                                Ticker.SYSTEM,
                                InstantSource.system()),
                        Ticker.SYSTEM),
                new SnapshotFile(snapshot),
                PeerSnapshots.NONE,
                (configuration, source) -> published.add(new Published(
                        configuration, source, sync().pendingConfirmation().isPresent())),
                ticker,
                InstantSource.system(),
                RandomGenerator.getDefault());
    }

    public TestNode started() throws Exception {
        sync.start();
        return this;
    }

    public ConfigurationStore store() {
        return store;
    }

    public ConfigurationSync sync() {
        return sync;
    }

    public List<Published> published() {
        return published;
    }

    public OperatorOverrides overrides() {
        return overrides;
    }

    public AppliedOverrides applied() {
        return applied;
    }

    /** Writes to PostgreSQL directly, as another node does. */
    public long write(RouteDocument route) throws Exception {
        return store.write(new Author("test", null), List.of(new Edit.Put(route, new Precondition.None())))
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

    /** The overrides that the node applied. */
    public static final class AppliedOverrides implements OverrideRecipient {
        private volatile List<CircuitOverride> circuits = List.of();
        private volatile List<MaintenanceWindow> maintenance = List.of();
        private final List<LimitReset> resets = new CopyOnWriteArrayList<>();
        private volatile int nodes;

        @Override
        public void circuits(List<CircuitOverride> overrides) {
            circuits = overrides;
        }

        @Override
        public void maintenance(List<MaintenanceWindow> windows) {
            maintenance = windows;
        }

        @Override
        public void reset(LimitReset reset) {
            resets.add(reset);
        }

        @Override
        public void nodes(ReportedNodes reported) {
            nodes = reported.alive();
        }

        public List<CircuitOverride> circuits() {
            return circuits;
        }

        public List<MaintenanceWindow> maintenance() {
            return maintenance;
        }

        public List<LimitReset> resets() {
            return resets;
        }

        public int nodes() {
            return nodes;
        }
    }

    /**
     * One call of {@link ConfigurationListener#publish}.
     *
     * @param awaits whether a revision awaited its confirmation during the call
     */
    public record Published(Configuration configuration, ConfigurationSource source, boolean awaits) {}
}
