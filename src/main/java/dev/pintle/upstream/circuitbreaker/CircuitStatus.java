package dev.pintle.upstream.circuitbreaker;

import dev.pintle.upstream.target.LastFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The circuit of one target of a route, as a snapshot.
 *
 * @param state the effective state: the forced state, if any
 * @param failures the current number of consecutive failures
 * @param since when that state began
 * @param retryAt when an open circuit admits trials, or its override ends
 * @param lastFailure the last failed attempt at the target
 * @param forced the operator's override
 */
public record CircuitStatus(
        String route,
        String target,
        CircuitState state,
        int failures,
        Instant since,
        @Nullable Instant retryAt,
        @Nullable LastFailure lastFailure,
        @Nullable ForcedCircuit forced) {}
