package dev.pintle.upstream.circuitbreaker;

import java.time.Instant;

/**
 * The state that an operator gave the circuits of a route, whatever their targets do.
 *
 * @param state open or closed
 * @param until the end, for people to read
 * @param endsAt the end, on the ticker of circuits: the circuits follow their targets again
 * @param reason in the operator's words
 * @param local whether this node alone follows it, because PostgreSQL does not take it yet
 */
public record ForcedCircuit(CircuitState state, Instant until, long endsAt, String reason, boolean local) {
    public ForcedCircuit {
        if (state == CircuitState.HALF_OPEN) {
            throw new IllegalArgumentException("a circuit can be forced open or closed, not half-open");
        }
    }

    /** Whether both are the same decision of an operator, whose end may have been read anew. */
    boolean isSameDecisionAs(ForcedCircuit other) {
        return state == other.state && until.equals(other.until) && reason.equals(other.reason);
    }
}
