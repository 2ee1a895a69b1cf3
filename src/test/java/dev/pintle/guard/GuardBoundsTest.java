package dev.pintle.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pintle.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests around a change break its bounds, or not. */
class GuardBoundsTest {
    private final ManualTicker ticker = new ManualTicker();
    private final TrafficPeriods periods = new TrafficPeriods(ticker);
    private final RouteTraffic traffic = new RouteTraffic(periods);

    @ParameterizedTest
    @CsvSource({
        "errors=2%, errors=2%; atLeast=50",
        "p99=800ms; errors=0.5%, errors=0.5%; p99=800ms; atLeast=50",
        "' atLeast=7 ;p99=1s', p99=1s; atLeast=7"
    })
    void boundsHaveOneForm(String text, String form) {
        assertThat(GuardBounds.parse(text).text()).isEqualTo(form);
        assertThat(GuardBounds.parse(form)).isEqualTo(GuardBounds.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'', has the bound \"\"",
        "errors, has the bound \"errors\"",
        "speed=1, has the bound \"speed=1\"",
        "errors=2, must have errors as a percentage below 100",
        "errors=100%, must have errors as a percentage below 100",
        "errors=-1%, must have errors as a percentage below 100",
        "p99=0s, must have p99 as a duration from 1ms to 1m",
        "p99=2m, must have p99 as a duration from 1ms to 1m",
        "atLeast=0; errors=1%, must have atLeast as a number of requests from 1",
        "atLeast=9, has atLeast without a bound",
        "errors=1%; errors=2%, has the bound errors twice"
    })
    void badBoundsAreRefusedWithARemedy(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuardBounds.parse(text))
                .withMessageStartingWith(message);
    }

    /** Each side has requests, failed ones, and the milliseconds of each request. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 5, 49, 49, 5, false",
        "0, 0, 5, 50, 1, 5, false",
        "0, 0, 5, 50, 2, 5, true",
        "1000, 25, 5, 100, 4, 5, false",
        "1000, 25, 5, 100, 6, 5, true",
        "0, 0, 5, 100, 0, 1000, true",
        "100, 0, 600, 100, 0, 1000, false",
        "100, 0, 300, 100, 0, 1000, true",
        "100, 0, 5, 100, 0, 600, false"
    })
    void aBreachExceedsTheBoundAndTwiceTheTimeBefore(
            int before, int failedBefore, int millisBefore, int since, int failed, int millis, boolean breach) {
        count(before, failedBefore, millisBefore);
        long mark = periods.mark();
        count(since, failed, millis);

        TrafficSample sample = new TrafficSample(traffic.before(mark), traffic.since(mark));

        assertThat(GuardBounds.parse("errors=2%; p99=800ms").judge(sample).isPresent())
                .isEqualTo(breach);
    }

    @Test
    void aBreachSaysWhatWasMeasured() {
        count(200, 1, 10);
        long mark = periods.mark();
        count(80, 40, 1_000);
        TrafficSample sample = new TrafficSample(traffic.before(mark), traffic.since(mark));

        assertThat(GuardBounds.parse("errors=2%").judge(sample).orElseThrow().text())
                .isEqualTo("50.0% of 80 requests failed, above errors=2%; 0.5% in the five minutes before");
        assertThat(GuardBounds.parse("p99=800ms").judge(sample).orElseThrow().text())
                .matches("the p99 of 80 requests was [0-9]+ms, above p99=800ms; 1[0-9]ms in the five minutes before");
    }

    @Test
    void onlyTheFiveMinutesBeforeAChangeCount() {
        count(10, 10, 5);
        ticker.advance(Duration.ofMinutes(7));
        count(20, 0, 5);
        ticker.advance(Duration.ofMinutes(4));
        count(30, 0, 5);
        long mark = periods.mark();
        count(5, 5, 5);

        assertThat(traffic.before(mark).requests()).isEqualTo(50);
        assertThat(traffic.before(mark).failed()).isZero();
        assertThat(traffic.since(mark).requests()).isEqualTo(5);
        ticker.advance(Duration.ofMinutes(20));
        count(1, 0, 5);
        assertThat(traffic.since(mark).requests()).as("the last minutes").isEqualTo(1);
    }

    @Test
    void theRequestsOfARevertedChangeAreNoMeasureForTheNext() {
        count(10, 0, 5);
        long reverted = periods.mark();
        count(20, 20, 5);
        periods.ignoreSince(reverted);
        count(30, 0, 5);

        TrafficCounts before = traffic.before(periods.mark());

        assertThat(before.requests()).isEqualTo(40);
        assertThat(before.failed()).isZero();
    }

    @Test
    void aQuantileIsExactToAQuarter() {
        for (long millis : new long[] {1, 3, 10, 47, 250, 799, 3_000, 55_000}) {
            RouteTraffic one = new RouteTraffic(periods);
            one.count(Duration.ofMillis(millis).toNanos(), false);
            assertThat(one.since(0).p99().toMillis() / (double) millis).isBetween(0.75, 1.25);
        }
        traffic.count(Duration.ofHours(3).toNanos(), false);
        assertThat(traffic.since(0).p99()).isGreaterThan(Duration.ofMinutes(1));
    }

    private void count(int requests, int failed, int millis) {
        for (int i = 0; i < requests; i++) {
            traffic.count(Duration.ofMillis(millis).toNanos(), i < failed);
        }
    }
}
