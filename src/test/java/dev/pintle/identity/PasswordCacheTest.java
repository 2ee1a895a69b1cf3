package dev.pintle.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.credentials.AuthFailureThrottle;
import dev.pintle.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Guesses of passwords are limited, and keep out no client that signed in before. */
class PasswordCacheTest {
    private final ManualTicker ticker = new ManualTicker();
    private final PasswordCache cache = new PasswordCache(ticker);
    private int verifications;

    @Test
    void aRightPasswordIsRememberedForADayAndAWrongOneForAMinute() {
        assertThat(check("net", "acme", "right").isRight()).isTrue();
        assertThat(check("net", "acme", "wrong").isRight()).isFalse();
        ticker.advance(Duration.ofMinutes(1).minusNanos(1));
        assertThat(check("net", "acme", "right").isRight()).isTrue();
        assertThat(check("net", "acme", "wrong").isRight()).isFalse();
        assertThat(verifications).isEqualTo(2);

        ticker.advance(Duration.ofNanos(1));
        assertThat(check("net", "acme", "wrong").isRight()).isFalse();
        assertThat(verifications).isEqualTo(3);
        assertThat(check("net", "acme", "right").isRight()).isTrue();
        ticker.advance(Duration.ofDays(1));
        assertThat(check("net", "acme", "right").isRight()).isTrue();
        assertThat(verifications).isEqualTo(4);
    }

    @Test
    void guessesThatWaitHaveABoundAndDelayNoPasswordThatWasRight() throws Exception {
        assertThat(check("office", "acme", "right").isRight()).isTrue();
        CountDownLatch verified = new CountDownLatch(1);
        Queue<PasswordCheck> refused = new ConcurrentLinkedQueue<>();
        List<Thread> guesses = new ArrayList<>();
        for (int i = 0; i < PasswordCache.MAX_VERIFICATIONS + PasswordCache.MAX_WAITING + 20; i++) {
            String other = "other " + i;
            guesses.add(Thread.ofVirtual().start(() -> {
                PasswordCheck check = cache.check(other, other, "guess", "hash", () -> isRightAfter(verified));
                if (check.untilNext().isPositive()) {
                    refused.add(check);
                }
            }));
        }

        // Threads that pass the check of the bound at the same time can exceed it.
        await().until(() -> !refused.isEmpty());
        assertThat(check("office", "acme", "right").isRight()).isTrue();

        verified.countDown();
        for (Thread guess : guesses) {
            guess.join();
        }
        assertThat(refused).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void onePasswordInManyRequestsAtOnceIsVerifiedOnce() throws Exception {
        CountDownLatch verified = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        Queue<PasswordCheck> refused = new ConcurrentLinkedQueue<>();
        List<Thread> requests = new ArrayList<>();
        for (int i = 0; i < PasswordCache.MAX_VERIFICATIONS + 2 * PasswordCache.MAX_WAITING; i++) {
            requests.add(Thread.ofVirtual().start(() -> {
                PasswordCheck check = cache.check("office", "acme", "old", "hash", () -> {
                    runs.incrementAndGet();
                    return isRightAfter(verified);
                });
                if (check.untilNext().isPositive()) {
                    refused.add(check);
                }
            }));
            await().until(() -> runs.get() > 0);
        }
        await().until(() -> requests.stream().allMatch(PasswordCacheTest::waitsOrEnded));

        verified.countDown();
        for (Thread request : requests) {
            request.join();
        }
        assertThat(refused).isEmpty();
        assertThat(runs).hasValue(1);
        assertThat(check("office", "acme", "right").isRight())
                .as("the throttle counted one guess for each verification")
                .isTrue();
    }

    private static boolean waitsOrEnded(Thread thread) {
        return thread.getState() == Thread.State.WAITING || !thread.isAlive();
    }

    private static boolean isRightAfter(CountDownLatch event) {
        try {
            event.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Test
    void aNetworkHasTenGuessesAndThenOneEveryThreeSeconds() {
        guess("attacker", PasswordThrottle.PER_NETWORK);

        PasswordCheck throttled = check("attacker", "acme", "right");
        assertThat(throttled.isRight()).isFalse();
        assertThat(throttled.untilNext()).isEqualTo(AuthFailureThrottle.INTERVAL);
        assertThat(verifications).isEqualTo(PasswordThrottle.PER_NETWORK);
        assertThat(check("other", "acme", "right").isRight()).isTrue();
        ticker.advance(AuthFailureThrottle.INTERVAL);
        assertThat(check("attacker", "acme", "wrong again").untilNext()).isZero();
        assertThat(check("attacker", "acme", "and again").untilNext()).isPositive();
    }

    @Test
    void aConsumerHasAHundredGuessesFromAllNetworks() {
        for (int network = 0; network < PasswordThrottle.PER_CONSUMER; network++) {
            assertThat(check("net " + network, "acme", "guess " + network).untilNext())
                    .isZero();
        }

        assertThat(check("new", "acme", "guess 0").untilNext())
                .as("known to be wrong")
                .isZero();
        assertThat(check("new", "acme", "another").untilNext()).isPositive();
        assertThat(check("new", "beta", "right").isRight()).isTrue();
    }

    @Test
    void aPairThatWasRightIsNeverThrottled() {
        assertThat(check("office", "acme", "right").isRight()).isTrue();
        for (int network = 0; network < 2 * PasswordThrottle.PER_CONSUMER; network++) {
            check("net " + network, "acme", "guess " + network);
        }
        ticker.advance(Duration.ofMinutes(1));
        guess("office", 3 * PasswordThrottle.PER_NETWORK);

        assertThat(check("office", "acme", "right").isRight()).isTrue();
        assertThat(check("elsewhere", "acme", "right").isRight()).isTrue();
        assertThat(cache.check("office", "acme", "right", "another hash", () -> true)
                        .untilNext())
                .as("a changed password is not known yet")
                .isPositive();
    }

    @Test
    void aClientThatRepeatsOneWrongPasswordUsesOneGuess() {
        for (int i = 0; i < 3 * PasswordThrottle.PER_NETWORK; i++) {
            assertThat(check("net", "acme", "old password").isRight()).isFalse();
        }

        assertThat(verifications).isEqualTo(1);
        assertThat(check("net", "acme", "right").isRight()).isTrue();
    }

    private void guess(String network, int guesses) {
        for (int i = 0; i < guesses; i++) {
            check(network, "acme", "guess " + i + " of " + network);
        }
    }

    private PasswordCheck check(String network, String consumer, String password) {
        return cache.check(network, consumer, password, "hash", () -> {
            verifications++;
            return password.equals("right");
        });
    }
}
