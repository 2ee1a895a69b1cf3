package dev.pintle.store;

import static org.assertj.core.api.Assertions.assertThat;

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

    private final TestDatabase database = TestPostgres.newDatabase().migrated();
    private final Jdbi jdbi = Jdbi.create(database.configuration().listening());
    private final ClusterStore cluster = new ClusterStore(jdbi);

    @Test
    void nodesWithHeartbeatsCountUntilTheyLeave() throws Exception {
        cluster.beat(heartbeat(ONE));
        assertThat(cluster.state(0).nodes()).isEqualTo(1);
        cluster.beat(heartbeat(OTHER));
        cluster.beat(heartbeat(ONE));
        assertThat(cluster.state(0).nodes()).isEqualTo(2);

        cluster.leave(OTHER);

        assertThat(cluster.state(0).nodes()).isEqualTo(1);
    }

    @Test
    void aNodeWithoutAHeartbeatForTenSecondsCountsAsLost() throws Exception {
        cluster.beat(heartbeat(OTHER));
        jdbi.useHandle(handle -> handle.execute("update node set seen = now() - interval '11 seconds'"));

        cluster.beat(heartbeat(ONE));

        assertThat(cluster.state(0).nodes()).isEqualTo(1);
    }

    @Test
    void aHeartbeatStoresTheRevisionAndTheRejectedDocuments() throws Exception {
        cluster.beat(new NodeHeartbeat(ONE, 41, "snapshot", List.of()));
        cluster.beat(new NodeHeartbeat(
                ONE, 42, "database", List.of(new RejectedDocument("route", "billing", "it \"cannot\" run"))));

        assertThat(jdbi.<String, RuntimeException>withHandle(
                        handle -> handle.select("select revision || ' ' || source || ' ' || rejected from node")
                                .mapTo(String.class)
                                .one()))
                .isEqualTo(
                        "42 database [{\"kind\":\"route\",\"id\":\"billing\",\"reason\":\"it \\\"cannot\\\" run\"}]");
    }

    @Test
    void anOverrideReplacesThePreviousOneUntilItIsReleased() throws Exception {
        cluster.force(force("users", Duration.ofSeconds(30)));
        CircuitOverride override = cluster.force(force("users", Duration.ofSeconds(60)));
        assertThat(cluster.state(0).circuits())
                .extracting(CircuitOverride::until)
                .containsExactly(override.until());

        cluster.release("users");

        assertThat(cluster.state(0).circuits()).isEmpty();
    }

    @Test
    void anOverrideStartsAndEndsByTheClockOfPostgres() throws Exception {
        CircuitOverride override = cluster.force(force("users", Duration.ofSeconds(60)));

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
        cluster.force(force("users", Duration.ofSeconds(60)));
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
        cluster.force(force("users", Duration.ofSeconds(60)));
        cluster.reset("users", "203.0.113.7", "ada");

        assertThat(new ConfigurationStore(jdbi).readAll().revision()).isZero();
    }

    private static NodeHeartbeat heartbeat(UUID node) {
        return new NodeHeartbeat(node, 1, "database", List.of());
    }

    private static CircuitForce force(String route, Duration duration) {
        return new CircuitForce(route, true, duration, "maintenance", "ada");
    }
}
