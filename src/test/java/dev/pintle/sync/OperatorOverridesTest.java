package dev.pintle.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.store.CircuitOverride;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.TestDatabase;
import dev.pintle.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorOverridesTest {
    private final TestDatabase database = TestPostgres.newDatabase().migrated();
    private final ClusterStore fleet =
            new ClusterStore(Jdbi.create(database.configuration().listening()));

    @TempDir
    private Path folder;

    @Test
    void everyNodeHearsWhatOneWasTold() throws Exception {
        try (TestNode one = node("one", database).started();
                TestNode other = node("other", database).started()) {
            CircuitOverride order = order("users");
            fleet.order(order);
            fleet.reset("users", "203.0.113.7", "ada");

            for (TestNode node : new TestNode[] {one, other}) {
                eventually().until(() -> node.obeyed().circuits().contains(order));
                eventually().until(() -> node.obeyed().resets().size() == 1);
            }

            fleet.release("users");
            eventually().until(() -> other.obeyed().circuits().isEmpty());
        }
    }

    @Test
    void nodesKnowHowManyTheyAre() throws Exception {
        try (TestNode one = node("one", database).started()) {
            assertThat(one.obeyed().nodes()).isEqualTo(1);
            try (TestNode other = node("other", database).started()) {
                assertThat(other.obeyed().nodes()).isEqualTo(2);
                eventually().until(() -> one.obeyed().nodes() == 2);
            }
            eventually().until(() -> one.obeyed().nodes() == 1);
        }
    }

    @Test
    void anOrderHoldsFromTheStartAndAResetOfEarlierDoesNot() throws Exception {
        CircuitOverride order = order("users");
        fleet.order(order);
        fleet.reset("users", "203.0.113.7", "ada");

        try (TestNode node = node("late", database).started()) {
            assertThat(node.obeyed().circuits()).containsExactly(order);
            fleet.reset("users", "198.51.100.1", "ada");
            eventually().until(() -> !node.obeyed().resets().isEmpty());
            assertThat(node.obeyed().resets())
                    .singleElement()
                    .satisfies(reset -> assertThat(reset.bucket()).isEqualTo("198.51.100.1"));
        }
    }

    @Test
    void whileThePostgresIsAwayOrdersGoOnAndNoneAreTaken() throws Exception {
        CircuitOverride order = order("users");
        fleet.order(order);
        try (FlakyTcpProxy line = new FlakyTcpProxy(database.port());
                TestNode node = node("cut", database.through(line.port())).started()) {
            line.refuse();

            Assertions.assertThatThrownBy(() -> node.orders().takeBack("users"))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(node.obeyed().circuits()).containsExactly(order);

            line.heal();
            fleet.release("users");
            eventually().until(() -> node.obeyed().circuits().isEmpty());
        }
    }

    private TestNode node(String name, TestDatabase through) {
        return new TestNode(through, folder.resolve(name));
    }

    private static CircuitOverride order(String route) {
        Instant until = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        return new CircuitOverride(route, true, until, "maintenance", "ada");
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }
}
