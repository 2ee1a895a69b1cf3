package dev.pintle.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.config.Configuration;
import dev.pintle.config.VersionedDocument;
import dev.pintle.guard.GuardBounds;
import dev.pintle.guard.RouteTraffic;
import dev.pintle.guard.TrafficCounts;
import dev.pintle.guard.TrafficPeriods;
import dev.pintle.guard.TrafficSource;
import dev.pintle.history.SettingLayers;
import dev.pintle.routing.RouteSchema;
import dev.pintle.store.PendingConfirmation;
import dev.pintle.store.Unconfirmed;
import dev.pintle.testing.ManualTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guard that sees the next unconfirmed revision right after the last one compares it with the right requests. */
class ChangeGuardTest {
    private static final Configuration OLD = configuration(1, "/old");

    private final ManualTicker ticker = new ManualTicker();
    private final TrafficPeriods periods = new TrafficPeriods(ticker);
    private final RouteTraffic traffic = new RouteTraffic(periods);
    private final ChangeGuard guard = new ChangeGuard(new OneRoute(), SettingLayers.of(RouteSchema.SCHEMA), ticker);

    @BeforeEach
    void changeAndCount() {
        count(10);
        serve(unconfirmed(2, OLD), configuration(2, "/new"));
        count(20);
    }

    @Test
    void theNextChangeIsComparedWithAConfirmedOne() {
        serve(unconfirmed(3, configuration(2, "/new")), configuration(3, "/newer"));

        assertThat(before()).isEqualTo(30);
    }

    @Test
    void theNextChangeIsComparedWithAConfirmedOneThatAnEditFollowed() {
        serve(null, configuration(3, "/edited"));
        serve(unconfirmed(4, configuration(3, "/edited")), configuration(4, "/newer"));

        assertThat(before()).isEqualTo(30);
    }

    @Test
    void theNextChangeIsNotComparedWithARevertedOne() {
        serve(unconfirmed(4, configuration(3, "/old")), configuration(4, "/newer"));

        assertThat(before()).isEqualTo(10);
    }

    @Test
    void theNextChangeIsNotComparedWithOneThatThisNodeLeft() {
        guard.follow(null, OLD);
        count(5);
        serve(unconfirmed(4, configuration(3, "/old")), configuration(4, "/newer"));

        assertThat(before()).isEqualTo(15);
    }

    @Test
    void theNextChangeIsComparedWithAConfirmedOneThatAffectedNoRoute() {
        Configuration latest = configuration(3, "/new");
        serve(null, configuration(2, "/new"));
        serve(unconfirmed(3, configuration(2, "/new")), latest);
        count(5);
        serve(null, latest);
        serve(unconfirmed(4, latest), configuration(4, "/newer"));

        assertThat(before()).isEqualTo(35);
    }

    private long before() {
        return guard.report().sample().before().requests();
    }

    private void serve(@Nullable Unconfirmed unconfirmed, Configuration active) {
        if (unconfirmed != null) {
            guard.begin(unconfirmed);
        }
        guard.follow(unconfirmed, active);
    }

    private void count(int requests) {
        for (int i = 0; i < requests; i++) {
            traffic.count(1, false);
        }
    }

    private static Unconfirmed unconfirmed(long revision, Configuration before) {
        return new Unconfirmed(
                new PendingConfirmation(revision, Instant.EPOCH, Duration.ofMinutes(1), GuardBounds.parse("errors=2%")),
                before);
    }

    private static Configuration configuration(long revision, String path) {
        return new Configuration(
                revision,
                new VersionedDocument(0, JsonNodeFactory.instance.objectNode()),
                new TreeMap<>(Map.of(
                        "x",
                        new VersionedDocument(
                                revision, JsonNodeFactory.instance.objectNode().put("path", path)))));
    }

    /** The requests of the only route. */
    private final class OneRoute implements TrafficSource {
        @Override
        public long mark() {
            return periods.mark();
        }

        @Override
        public TrafficCounts before(long mark, Collection<String> routes) {
            return traffic.before(mark);
        }

        @Override
        public TrafficCounts since(long mark, Collection<String> routes) {
            return traffic.since(mark);
        }

        @Override
        public void ignoreSince(long mark) {
            periods.ignoreSince(mark);
        }
    }
}
