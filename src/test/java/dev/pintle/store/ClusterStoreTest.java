package dev.pintle.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class ClusterStoreTest {
    private static final UUID ONE = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final TestDatabase database = TestPostgres.newDatabase().migrated();
    private final Jdbi jdbi = Jdbi.create(database.configuration().listening());
    private final ClusterStore fleet = new ClusterStore(jdbi);

    @Test
    void nodesThatShowThemselvesAreCountedUntilTheyLeave() throws Exception {
        assertThat(fleet.show(ONE, 0).nodes()).isEqualTo(1);
        assertThat(fleet.show(OTHER, 0).nodes()).isEqualTo(2);
        assertThat(fleet.show(ONE, 0).nodes()).isEqualTo(2);

        fleet.leave(OTHER);

        assertThat(fleet.show(ONE, 0).nodes()).isEqualTo(1);
    }

    @Test
    void aNodeThatWasNotHeardOfForTenSecondsIsGone() throws Exception {
        fleet.show(OTHER, 0);
        jdbi.useHandle(handle -> handle.execute("update node set seen = now() - interval '11 seconds'"));

        assertThat(fleet.show(ONE, 0).nodes()).isEqualTo(1);
    }

    @Test
    void anOrderStandsInThePlaceOfTheOneBeforeUntilItIsTakenBack() throws Exception {
        CircuitOverride order = order("users", Instant.now().plusSeconds(60));
        fleet.order(order("users", Instant.now().plusSeconds(30)));
        fleet.order(order);
        assertThat(fleet.show(ONE, 0).circuits()).containsExactly(order);

        fleet.release("users");

        assertThat(fleet.show(ONE, 0).circuits()).isEmpty();
    }

    @Test
    void anOrderEndsByItself() throws Exception {
        fleet.order(order("users", Instant.now().minusSeconds(1)));

        assertThat(fleet.show(ONE, 0).circuits()).isEmpty();
    }

    @Test
    void aResetIsToldToWhoDoesNotKnowIt() throws Exception {
        fleet.reset("users", "203.0.113.7", "ada");
        long known = fleet.show(ONE, 0).latestReset();
        fleet.reset("orders", "route", "ada");

        ClusterState standing = fleet.show(ONE, known);

        assertThat(standing.resets()).containsExactly(new LimitReset(standing.latestReset(), "orders", "route", "ada"));
        assertThat(fleet.show(ONE, standing.latestReset()).resets()).isEmpty();
    }

    @Test
    void whatIsOrderedMakesNoRevision() throws Exception {
        fleet.order(order("users", Instant.now().plusSeconds(60)));
        fleet.reset("users", "203.0.113.7", "ada");

        assertThat(new ConfigurationStore(jdbi).readAll().revision()).isZero();
    }

    private static CircuitOverride order(String route, Instant until) {
        return new CircuitOverride(route, true, until.truncatedTo(ChronoUnit.MILLIS), "maintenance", "ada");
    }
}
