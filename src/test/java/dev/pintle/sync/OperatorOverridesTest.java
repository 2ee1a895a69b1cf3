package dev.pintle.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.store.CircuitForce;
import dev.pintle.store.CircuitOverride;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.MaintenanceRequest;
import dev.pintle.store.OverrideScope;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.ManualTicker;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import dev.pintle.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorOverridesTest {
    private final TestDatabase database = TestPostgres.migratedDatabase();
    private final Jdbi jdbi = Jdbi.create(database.configuration().listening());
    private final ClusterStore cluster = new ClusterStore(jdbi);
    private final FlakyTcpProxy line = new FlakyTcpProxy(database.port());
    private final ManualTicker ticker = new ManualTicker();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        line.close();
    }

    @Test
    void everyNodeAppliesAnOverrideOfOneNode() throws Exception {
        try (TestNode one = node("one").started();
                TestNode other = node("other").started()) {
            assertThat(one.overrides().force(open("users"))).isEqualTo(OverrideScope.CLUSTER);
            one.overrides().reset("users", "203.0.113.7", "ada");

            for (TestNode node : new TestNode[] {one, other}) {
                eventually().until(() -> forced(node).equals(List.of("users open CLUSTER")));
                eventually().until(() -> node.applied().resets().size() == 1);
            }

            assertThat(one.overrides().release("users")).isEqualTo(OverrideScope.CLUSTER);
            assertThat(forced(one)).isEmpty();
            eventually().until(() -> forced(other).isEmpty());
        }
    }

    @Test
    void nodesKnowTheirNumber() throws Exception {
        try (TestNode one = node("one").started()) {
            assertThat(one.applied().nodes()).isEqualTo(1);
            try (TestNode other = node("other").started()) {
                assertThat(other.applied().nodes()).isEqualTo(2);
                eventually().until(() -> one.applied().nodes() == 2);
            }
            eventually().until(() -> one.applied().nodes() == 1);
        }
    }

    @Test
    void aNewNodeAppliesOverridesButNoEarlierResets() throws Exception {
        cluster.circuits().begin(open("users"));
        cluster.reset("users", "203.0.113.7", "ada");

        try (TestNode node = node("late").started()) {
            assertThat(forced(node)).containsExactly("users open CLUSTER");
            cluster.reset("users", "198.51.100.1", "ada");
            eventually().until(() -> !node.applied().resets().isEmpty());
            assertThat(node.applied().resets())
                    .singleElement()
                    .satisfies(reset -> assertThat(reset.bucket()).isEqualTo("198.51.100.1"));
        }
    }

    @Test
    void aCommittedOverrideAndResetApplyWhenPostgresFailsRightAfterTheCommit() throws Exception {
        try (TestNode node = behindTheLine(Ticker.SYSTEM).started()) {
            line.refuseAfterCommitOf("insert into forced_circuit");
            assertThat(node.overrides().force(open("users"))).isEqualTo(OverrideScope.CLUSTER);
            assertThat(forced(node)).containsExactly("users open CLUSTER");

            line.heal();
            eventually().until(() -> node.overrides().fault() == null);
            line.refuseAfterCommitOf("insert into limit_reset");
            node.overrides().reset("users", "203.0.113.7", "ada");
            assertThat(node.applied().resets()).hasSize(1);

            line.heal();
            cluster.reset("users", "198.51.100.1", "ada");
            eventually().until(() -> node.applied().resets().size() > 1);
            assertThat(node.applied().resets())
                    .extracting(reset -> reset.bucket())
                    .containsExactly("203.0.113.7", "198.51.100.1");
        }
    }

    @Test
    void anOverrideDuringAnOutageHoldsLocallyUntilPostgresStoresIt() throws Exception {
        try (TestNode node = behindTheLine(Ticker.SYSTEM).started();
                TestNode other = node("other").started()) {
            line.refuse();

            assertThat(node.overrides().force(open("users"))).isEqualTo(OverrideScope.NODE);

            assertThat(forced(node)).containsExactly("users open NODE");
            assertThat(forced(other)).isEmpty();
            line.heal();
            eventually().until(() -> forced(node).equals(List.of("users open CLUSTER")));
            eventually().until(() -> forced(other).equals(List.of("users open CLUSTER")));
        }
    }

    @Test
    void anOverrideThatPostgresStoredBeforeItFailedAgainStillHolds() throws Exception {
        try (TestNode node = behindTheLine(Ticker.SYSTEM).started()) {
            line.refuse();
            node.overrides().force(open("users"));
            line.refuseAfterCommitOf("insert into forced_circuit");
            line.heal();
            eventually().until(() -> !cluster.state(0).circuits().isEmpty());

            assertThat(node.overrides().force(open("orders"))).isEqualTo(OverrideScope.NODE);
            assertThat(forced(node)).containsExactly("orders open NODE", "users open NODE");
        }
    }

    @Test
    void aReleaseDuringAnOutageHoldsLocallyUntilPostgresStoresIt() throws Exception {
        cluster.circuits().begin(open("users"));
        try (TestNode node = behindTheLine(Ticker.SYSTEM).started();
                TestNode other = node("other").started()) {
            line.refuse();

            assertThat(node.overrides().release("users")).isEqualTo(OverrideScope.NODE);

            assertThat(forced(node)).isEmpty();
            assertThat(forced(other)).containsExactly("users open CLUSTER");
            line.heal();
            eventually().until(() -> forced(other).isEmpty());
            assertThat(forced(node)).isEmpty();
        }
    }

    @Test
    void aMaintenanceWindowDuringAnOutageHoldsLocallyUntilPostgresStoresIt() throws Exception {
        try (TestNode node = behindTheLine(Ticker.SYSTEM).started();
                TestNode other = node("other").started()) {
            line.refuse();

            node.overrides().begin(closed("users"));

            assertThat(closed(node)).containsExactly("users NODE");
            assertThat(closed(other)).isEmpty();
            line.heal();
            eventually().until(() -> closed(node).equals(List.of("users CLUSTER")));
            eventually().until(() -> closed(other).equals(List.of("users CLUSTER")));

            line.refuse();

            assertThat(node.overrides().endMaintenance("users")).isEqualTo(OverrideScope.NODE);

            assertThat(closed(node)).isEmpty();
            assertThat(closed(other)).containsExactly("users CLUSTER");
            line.heal();
            eventually().until(() -> closed(other).isEmpty());
            assertThat(closed(node)).isEmpty();
        }
    }

    @Test
    void aPendingMaintenanceWindowDoesNotReplaceALaterOneOfTheCluster() throws Exception {
        try (TestNode node = behindTheLine(Ticker.SYSTEM).started()) {
            line.refuse();
            node.overrides().begin(closed("users"));
            node.overrides().endMaintenance("orders");
            cluster.maintenance().begin(closed("orders"));
            cluster.maintenance()
                    .begin(new MaintenanceRequest("users", Duration.ofMinutes(1), List.of(), "later", "bob"));

            line.heal();

            eventually().until(() -> closed(node).equals(List.of("orders CLUSTER", "users CLUSTER")));
            assertThat(cluster.state(0).maintenance())
                    .extracting(window -> window.author())
                    .containsExactly("ada", "bob");
        }
    }

    @Test
    void aPendingOverrideDoesNotReplaceALaterOneOfTheCluster() throws Exception {
        try (TestNode node = behindTheLine(Ticker.SYSTEM).started()) {
            line.refuse();
            node.overrides().force(open("users"));
            node.overrides().release("orders");
            cluster.circuits().begin(new CircuitForce("users", false, Duration.ofMinutes(10), "later", "bob"));
            cluster.circuits().begin(open("orders"));

            line.heal();

            eventually().until(() -> forced(node).equals(List.of("orders open CLUSTER", "users closed CLUSTER")));
        }
    }

    @Test
    void aPendingOverrideThatExpiresDuringTheOutageIsNeverStored() throws Exception {
        try (TestNode node = behindTheLine(ticker)) {
            node.overrides().catchUp();
            line.refuse();
            node.overrides().force(open("users"));
            ticker.advance(Duration.ofMinutes(10));
            node.overrides().release("none");
            assertThat(forced(node)).isEmpty();

            line.heal();
            eventually().until(() -> {
                node.overrides().catchUp();
                return node.overrides().fault() == null;
            });

            assertThat(cluster.state(0).circuits()).isEmpty();
        }
    }

    @Test
    void aPendingOverrideKeepsItsOriginalEnd() throws Exception {
        try (TestNode node = behindTheLine(ticker)) {
            node.overrides().catchUp();
            line.refuse();
            node.overrides().force(open("users"));
            ticker.advance(Duration.ofMinutes(4));

            line.heal();
            eventually().until(() -> {
                node.overrides().catchUp();
                return node.overrides().fault() == null;
            });

            assertThat(cluster.state(0).circuits())
                    .singleElement()
                    .satisfies(override ->
                            assertThat(override.left()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6)));
        }
    }

    @Test
    void overridesHoldDuringAnOutageUntilTheyExpire() throws Exception {
        cluster.circuits().begin(open("users"));
        try (TestNode node = behindTheLine(ticker)) {
            node.overrides().catchUp();
            line.refuse();
            node.overrides().catchUp();
            assertThat(node.overrides().fault()).contains("PostgreSQL is unavailable");
            assertThat(forced(node)).containsExactly("users open CLUSTER");
            assertThatThrownBy(() -> node.overrides().reset("users", "203.0.113.7", "ada"))
                    .isInstanceOf(StoreUnavailableException.class);

            ticker.advance(Duration.ofMinutes(11));
            node.overrides().release("none");

            assertThat(forced(node)).isEmpty();
        }
    }

    @Test
    void aReadOnlyDatabaseIsAFaultAndItsOverridesAreStillRead() throws Exception {
        try (TestNode node = node("one").started()) {
            cluster.circuits().begin(open("users"));
            readOnly("on");
            try {
                // The end of the sessions is another fault for a moment.
                eventually()
                        .untilAsserted(() ->
                                assertThat(node.overrides().fault()).contains("read-only", "end the read-only mode"));
                assertThat(node.sync().status().writable()).isFalse();
                eventually().until(() -> node.sync().status().databaseUp());
                assertThat(forced(node)).containsExactly("users open CLUSTER");
                assertThat(node.applied().nodes()).isEqualTo(1);

                assertThat(node.overrides().force(open("orders"))).isEqualTo(OverrideScope.NODE);
                assertThat(node.overrides()
                                .force(new CircuitForce("users", false, Duration.ofMinutes(10), "later", "bob")))
                        .isEqualTo(OverrideScope.NODE);
                node.overrides().catchUp();
                assertThat(forced(node)).containsExactly("orders open NODE", "users closed NODE");
            } finally {
                readOnly("off");
            }
            eventually().until(() -> node.overrides().fault() == null);
            eventually().until(() -> forced(node).equals(List.of("orders open CLUSTER", "users closed CLUSTER")));
        }
    }

    @Test
    void aMissingPrivilegeIsAFaultThatNamesIt() throws Exception {
        jdbi.useHandle(handle -> handle.execute("create role " + database.name() + " login;"
                + "grant select, insert, update, delete on all tables in schema public to " + database.name()));
        TestDatabase asUser = database.as(database.name());
        try (TestNode node = new TestNode(asUser, folder.resolve("user"))) {
            node.overrides().catchUp();
            assertThat(node.overrides().fault()).isNull();

            jdbi.useHandle(handle -> handle.execute("revoke insert on revision, route from " + database.name()));
            node.overrides().catchUp();

            assertThat(node.overrides().fault())
                    .contains("INSERT on revision", "INSERT on route", "grant these privileges");
        }
    }

    /** Sets the mode for new sessions, as an administrator or a hosting service with a full disk does. */
    private void readOnly(String mode) {
        TestPostgres.execute("alter database " + database.name() + " set default_transaction_read_only = " + mode);
        TestPostgres.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database.name() + "'");
    }

    private TestNode node(String name) {
        return new TestNode(database, folder.resolve(name));
    }

    private TestNode behindTheLine(Ticker counting) {
        TestDatabase reached = database.through(line.port());
        return new TestNode(reached, reached, folder.resolve("cut"), counting);
    }

    private static CircuitForce open(String route) {
        return new CircuitForce(route, true, Duration.ofMinutes(10), "maintenance", "ada");
    }

    private static MaintenanceRequest closed(String route) {
        return new MaintenanceRequest(route, Duration.ofMinutes(10), List.of(), "move", "ada");
    }

    /** The maintenance windows of a node, such as {@code users CLUSTER}. */
    private static List<String> closed(TestNode node) {
        return node.applied().maintenance().stream()
                .map(window -> window.route() + ' ' + window.scope())
                .toList();
    }

    /** The overrides of a node, such as {@code users open CLUSTER}. */
    private static List<String> forced(TestNode node) {
        return node.applied().circuits().stream()
                .map(OperatorOverridesTest::text)
                .toList();
    }

    private static String text(CircuitOverride override) {
        return override.route() + (override.open() ? " open " : " closed ") + override.scope();
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }
}
