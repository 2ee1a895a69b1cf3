package dev.pintle.upstream.circuitbreaker;

import java.time.Instant;

/**
 * The state that an operator gave the circuits of a route, whatever their targets do.
 *
 * @param state open or closed
 * @param until when the circuits follow their targets again
 * @param reason in the operator's words
 */
public record ForcedCircuit(CircuitState state, Instant until, String reason) {
    public ForcedCircuit {
        if (state == CircuitState.HALF_OPEN) {
            throw new IllegalArgumentException("a circuit can be forced open or closed, not half-open");
        }
    }
}
