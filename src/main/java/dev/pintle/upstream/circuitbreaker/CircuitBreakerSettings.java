package dev.pintle.upstream.circuitbreaker;

import java.time.Duration;

/**
 * When a failing target is left alone.
 *
 * @param failures how many in a row open the circuit
 * @param cooldown how long it stays open
 * @param trials how many attempts then try the target, and must succeed before the circuit closes
 */
public record CircuitBreakerSettings(int failures, Duration cooldown, int trials) {
    public CircuitBreakerSettings {
        if (failures < 1 || trials < 1 || cooldown.isNegative()) {
            throw new IllegalArgumentException("a breaker needs 1 failure, 1 trial and a cooldown or more; it got "
                    + failures + ", " + trials + " and " + cooldown);
        }
    }
}
