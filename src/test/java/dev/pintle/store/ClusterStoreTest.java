package dev.pintle.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.config.KeyDictionary;
import dev.pintle.routing.RouteSchema;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class ClusterStoreTest {
    private static final UUID ONE = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final TestDatabase database = TestPostgres.migratedDatabase();
    private final Jdbi jdbi = Jdbi.create(database.configuration().listening());
    private final ClusterStore cluster = new ClusterStore(jdbi);

    @Test
    void nodesWithHeartbeatsCountUntilTheyLeave() throws Exception {
        cluster.beat(heartbeat(ONE));
        assertThat(cluster.state(0).nodes().alive()).isEqualTo(1);
        cluster.beat(heartbeat(OTHER));
        cluster.beat(heartbeat(ONE));
        assertThat(cluster.state(0).nodes().alive()).isEqualTo(2);

        cluster.leave(OTHER);

        assertThat(cluster.state(0).nodes().alive()).isEqualTo(1);
    }

    @Test
    void aNodeWithoutAHeartbeatForTenSecondsIsLostAndStaysListedForFiveMinutes() throws Exception {
        cluster.beat(heartbeat(OTHER));
        jdbi.useHandle(handle -> handle.execute("update node set seen = now() - interval '11 seconds'"));

        cluster.beat(heartbeat(ONE));

        assertThat(cluster.state(0).nodes().alive()).isEqualTo(1);
        assertThat(cluster.nodes().nodes())
                .filteredOn(ReportedNode::lost)
                .extracting(ReportedNode::id)
                .containsExactly(OTHER);
        jdbi.useHandle(handle -> handle.execute("update node set seen = now() - interval '301 seconds'"));
        cluster.beat(heartbeat(ONE));
        assertThat(cluster.nodes().nodes()).extracting(ReportedNode::id).containsExactly(ONE);
    }

    @Test
    void aNodeOfAnEarlierVersionIsListedWithWhatItReports() throws Exception {
        jdbi.useHandle(handle -> handle.execute("insert into node (id) values (?)", OTHER));

        assertThat(cluster.nodes().nodes()).singleElement().satisfies(node -> {
            assertThat(node.revision()).isNull();
            assertThat(node.rejected()).isEmpty();
        });
    }

    @Test
    void aNodeIsListedAsItsLastHeartbeatDescribesIt() throws Exception {
        cluster.beat(new NodeHeartbeat(node(ONE), 41, "", "snapshot", List.of(), false, null));
        cluster.beat(new NodeHeartbeat(
                node(ONE),
                42,
                "d1",
                "database",
                List.of(new RejectedDocument("route", "billing", "it \"cannot\" run")),
                true,
                null));

        assertThat(cluster.nodes().nodes()).singleElement().satisfies(node -> {
            assertThat(node.id()).isEqualTo(ONE);
            assertThat(node.name()).isEqualTo("one");
            assertThat(node.version()).isEqualTo("1.0");
            assertThat(node.revision()).isEqualTo(42);
            assertThat(node.digest()).isEqualTo("d1");
            assertThat(node.source()).isEqualTo("database");
            assertThat(node.rejected()).containsExactly(new RejectedDocument("route", "billing", "it \"cannot\" run"));
            assertThat(node.draining()).isTrue();
        });
    }

    @Test
    void anOverrideReplacesThePreviousOneUntilItIsReleased() throws Exception {
        cluster.circuits().begin(force("users", Duration.ofSeconds(30)));
        CircuitOverride override = cluster.circuits().begin(force("users", Duration.ofSeconds(60)));
        assertThat(cluster.state(0).circuits())
                .extracting(CircuitOverride::until)
                .containsExactly(override.until());

        cluster.circuits().end("users");

        assertThat(cluster.state(0).circuits()).isEmpty();
    }

    @Test
    void anOverrideStartsAndEndsByTheClockOfPostgres() throws Exception {
        CircuitOverride override = cluster.circuits().begin(force("users", Duration.ofSeconds(60)));

        assertThat(jdbi.<Boolean, RuntimeException>withHandle(handle -> handle.select(
                                "select until = at + interval '60 seconds' and at <= now() from forced_circuit")
                        .mapTo(boolean.class)
                        .one()))
                .isTrue();
        assertThat(override.left()).isEqualTo(Duration.ofSeconds(60));
        jdbi.useHandle(handle -> handle.execute("update forced_circuit set until = now()"));
        assertThat(cluster.state(0).circuits()).isEmpty();
    }

    @Test
    void anOverrideWithoutEndGetsTheMaximumDuration() throws Exception {
        cluster.circuits().begin(force("users", Duration.ofSeconds(60)));
        jdbi.useHandle(handle -> handle.execute("update forced_circuit set until = 'infinity'"));

        assertThat(cluster.state(0).circuits())
                .singleElement()
                .satisfies(override -> assertThat(override.left()).isEqualTo(Duration.ofDays(36_500)));
    }

    @Test
    void aNodeReadsOnlyTheResetsThatItDoesNotKnow() throws Exception {
        cluster.reset("users", "203.0.113.7", "ada");
        long known = cluster.state(0).latestReset();
        LimitReset reset = cluster.reset("orders", "route", "ada");

        ClusterState state = cluster.state(known);

        assertThat(state.resets()).containsExactly(reset);
        assertThat(cluster.state(state.latestReset()).resets()).isEmpty();
    }

    @Test
    void anOverrideCreatesNoRevision() throws Exception {
        cluster.circuits().begin(force("users", Duration.ofSeconds(60)));
        cluster.reset("users", "203.0.113.7", "ada");

        assertThat(new ConfigurationStore(jdbi).readAll().revision()).isZero();
    }

    private static NodeHeartbeat heartbeat(UUID node) {
        return new NodeHeartbeat(node(node), 1, "", "database", List.of(), false, null);
    }

    private static NodeIdentity node(UUID id) {
        return new NodeIdentity(id, "one", "1.0", KeyDictionary.of(RouteSchema.SCHEMA));
    }

    private static CircuitForce force(String route, Duration duration) {
        return new CircuitForce(route, true, duration, "maintenance", "ada");
    }
}
