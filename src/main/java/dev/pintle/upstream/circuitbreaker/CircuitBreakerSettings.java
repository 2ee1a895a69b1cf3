package dev.pintle.upstream.circuitbreaker;

import java.time.Duration;

/**
 * When the circuit of a failing target opens.
 *
 * @param failures the number of consecutive failures that open the circuit
 * @param cooldown how long it stays open
 * @param trials the number of attempts that then test the target and must succeed to close the circuit
 */
public record CircuitBreakerSettings(int failures, Duration cooldown, int trials) {
    public CircuitBreakerSettings {
        if (failures < 1 || trials < 1 || cooldown.isNegative()) {
            throw new IllegalArgumentException("a breaker needs 1 failure, 1 trial and a cooldown or more; it got "
                    + failures + ", " + trials + " and " + cooldown);
        }
    }
}
