package dev.pintle.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.credentials.AuthFailureThrottle;
import dev.pintle.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Guesses of passwords are limited, and keep out no client that signed in before. */
class PasswordCacheTest {
    private final ManualTicker ticker = new ManualTicker();
    private final PasswordCache cache = new PasswordCache(ticker);
    private int verifications;

    @Test
    void aResultIsRememberedForAMinuteAndThenVerifiedAgain() {
        assertThat(check("net", "acme", "right").isRight()).isTrue();
        assertThat(check("net", "acme", "right").isRight()).isTrue();
        assertThat(verifications).isEqualTo(1);

        ticker.advance(Duration.ofMinutes(1));
        assertThat(check("net", "acme", "right").isRight()).isTrue();
        assertThat(verifications).isEqualTo(2);
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
