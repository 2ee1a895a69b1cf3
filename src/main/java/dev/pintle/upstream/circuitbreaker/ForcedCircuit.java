package dev.pintle.upstream.circuitbreaker;

import java.time.Instant;

/**
 * An operator's override of the circuits of a route.
 *
 * @param state open or closed
 * @param until the end, for people to read
 * @param endsAt the end, on the ticker of circuits: the circuits follow their targets again
 * @param reason in the operator's words
 * @param local whether the override applies to this node only, because PostgreSQL has not stored it yet
 */
public record ForcedCircuit(CircuitState state, Instant until, long endsAt, String reason, boolean local) {
    public ForcedCircuit {
        if (state == CircuitState.HALF_OPEN) {
            throw new IllegalArgumentException("a circuit can be forced open or closed, not half-open");
        }
    }

    /** Whether both are the same override, possibly with a more recent reading of its end. */
    boolean isSameDecisionAs(ForcedCircuit other) {
        return state == other.state && until.equals(other.until) && reason.equals(other.reason);
    }
}
