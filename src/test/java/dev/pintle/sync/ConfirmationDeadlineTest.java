package dev.pintle.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.config.Configuration;
import dev.pintle.guard.Breach;
import dev.pintle.history.SettingLayers;
import dev.pintle.routing.RouteSchema;
import dev.pintle.store.PendingConfirmation;
import dev.pintle.store.Unconfirmed;
import dev.pintle.sync.ConfirmationDeadline.Step;
import dev.pintle.telemetry.Metrics;
import dev.pintle.testing.ManualTicker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A node goes back from an unconfirmed revision at its deadline, by its ticker. */
class ConfirmationDeadlineTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Breach ERRORS = new Breach(Breach.Bound.ERRORS, "2 of 10 requests failed");

    private final ManualTicker ticker = new ManualTicker();
    private final ConfirmationDeadline deadline = new ConfirmationDeadline(
            new ChangeGuard(
                    new Metrics(new PrometheusRegistry()).recentTraffic(),
                    SettingLayers.of(RouteSchema.SCHEMA),
                    ticker),
            ticker);

    @Test
    void withoutAnUnconfirmedRevisionNothingHappens() {
        deadline.end(7, ERRORS);

        assertThat(deadline.next(true)).isEqualTo(Step.NOTHING);
        assertThat(deadline.unconfirmed()).isNull();
        assertThat(deadline.breach(7)).isNull();
        assertThat(deadline.leave()).isNull();
        assertThat(deadline.hasLeft(unconfirmed(7, MINUTE))).isFalse();
        assertThat(runsIfDue()).isZero();
    }

    @Test
    void onlyAnotherRevisionIsNews() {
        assertThat(deadline.track(null)).isFalse();
        assertThat(deadline.track(unconfirmed(7, MINUTE))).isTrue();
        assertThat(deadline.track(unconfirmed(7, MINUTE))).isFalse();
        assertThat(deadline.track(unconfirmed(8, MINUTE))).isTrue();
        assertThat(deadline.track(null)).isTrue();
    }

    @Test
    void postgresqlHasASecondToRevertTheRevisionBeforeTheNodeGoesBack() {
        deadline.track(unconfirmed(7, MINUTE));
        ticker.advance(Duration.ofSeconds(59));
        assertThat(deadline.next(true)).isEqualTo(Step.NOTHING);
        assertThat(runsIfDue()).isZero();
        assertThat(deadline.unconfirmed().pending().left()).isEqualTo(Duration.ofSeconds(1));

        ticker.advance(Duration.ofSeconds(1));
        assertThat(runsIfDue()).isOne();
        assertThat(deadline.next(true)).isEqualTo(Step.REVERT);
        ticker.advance(Duration.ofMillis(999));
        assertThat(deadline.next(true)).isEqualTo(Step.REVERT);
        ticker.advance(Duration.ofMillis(1));
        assertThat(deadline.next(true)).isEqualTo(Step.GO_BACK);
    }

    @Test
    void withoutPostgresqlTheNodeGoesBackAtOnceAndOnce() {
        deadline.track(unconfirmed(7, MINUTE));
        ticker.advance(MINUTE);

        assertThat(deadline.next(false)).isEqualTo(Step.GO_BACK);
        assertThat(deadline.leave().revision()).isEqualTo(7);
        assertThat(deadline.next(false)).isEqualTo(Step.NOTHING);
    }

    @Test
    void aRevisionThatTheNodeLeftStaysLeftWhenItIsReadAgain() {
        deadline.track(unconfirmed(7, MINUTE));
        deadline.leave();
        deadline.track(unconfirmed(7, MINUTE));

        assertThat(deadline.hasLeft(unconfirmed(7, MINUTE))).isTrue();
        assertThat(deadline.hasLeft(unconfirmed(8, MINUTE))).isFalse();
        assertThat(deadline.hasLeft(null)).isFalse();
        deadline.track(unconfirmed(8, MINUTE));
        assertThat(deadline.hasLeft(unconfirmed(8, MINUTE))).isFalse();
    }

    @Test
    void aRevisionThatIsReadAfterItsTimeIsNotServed() {
        deadline.track(unconfirmed(7, Duration.ZERO));

        assertThat(deadline.hasLeft(unconfirmed(7, Duration.ZERO))).isTrue();
        assertThat(deadline.next(true)).isEqualTo(Step.NOTHING);
    }

    @Test
    void theFirstBreachEndsTheTimeOfItsRevision() {
        deadline.track(unconfirmed(7, MINUTE));
        deadline.end(6, ERRORS);
        assertThat(deadline.next(true)).isEqualTo(Step.NOTHING);

        deadline.end(7, ERRORS);
        deadline.end(7, new Breach(Breach.Bound.P99, "slower"));

        assertThat(deadline.next(true)).isEqualTo(Step.REVERT);
        assertThat(deadline.breach(7)).isEqualTo(ERRORS);
        assertThat(deadline.breach(8)).isNull();
    }

    private int runsIfDue() {
        AtomicInteger runs = new AtomicInteger();
        deadline.ifDue(runs::incrementAndGet);
        return runs.get();
    }

    private static Unconfirmed unconfirmed(long revision, Duration left) {
        return new Unconfirmed(new PendingConfirmation(revision, Instant.EPOCH, left, null), Configuration.EMPTY);
    }
}
