package dev.pintle.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchdogTest {
    @Test
    void expiresATimerAmongThousandsWithoutALimit() throws InterruptedException {
        CountDownLatch expired = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        try (Watchdog watchdog = new Watchdog(System::nanoTime)) {
            for (int i = 0; i < 5_000; i++) {
                watchdog.watch(others::countDown);
            }
            watchdog.watch(expired::countDown).expireIn(1);
            assertThat(expired.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(others.getCount()).isOne();
        }
    }

    @Test
    void aFailureEndsNeitherTheChecksNorTheTimer() throws InterruptedException {
        AtomicInteger starts = new AtomicInteger();
        Executor firstFails = reaction -> {
            if (starts.getAndIncrement() == 0) {
                throw new OutOfMemoryError("of the test");
            }
            Thread.ofVirtual().start(reaction);
        };
        CountDownLatch expired = new CountDownLatch(2);
        try (Watchdog watchdog = new Watchdog(System::nanoTime, firstFails)) {
            watchdog.watch(expired::countDown).expireIn(1);
            watchdog.watch(expired::countDown).expireIn(1);
            assertThat(expired.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(starts).hasValue(3);
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1000, 10", "10000, 100", "100000, 1000"})
    void aRoundTakesLongerWithManyTimers(int timers, int millis) {
        assertThat(Duration.ofNanos(Watchdog.roundNanos(timers))).isEqualTo(Duration.ofMillis(millis));
    }
}
