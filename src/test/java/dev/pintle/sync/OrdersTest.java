package dev.pintle.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.FaultyLine;
import dev.pintle.TestDatabase;
import dev.pintle.TestPostgres;
import dev.pintle.store.CircuitOrder;
import dev.pintle.store.Fleet;
import dev.pintle.store.StoreUnavailableException;
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

class OrdersTest {
    private final TestDatabase database = TestPostgres.newDatabase().migrated();
    private final Fleet fleet = new Fleet(Jdbi.create(database.configuration().listening()));

    @TempDir
    private Path folder;

    @Test
    void everyNodeHearsWhatOneWasTold() throws Exception {
        try (TestNode one = node("one", database).started();
                TestNode other = node("other", database).started()) {
            CircuitOrder order = order("users");
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
        CircuitOrder order = order("users");
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
        CircuitOrder order = order("users");
        fleet.order(order);
        try (FaultyLine line = new FaultyLine(database.port());
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

    private static CircuitOrder order(String route) {
        Instant until = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        return new CircuitOrder(route, true, until, "maintenance", "ada");
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }
}
