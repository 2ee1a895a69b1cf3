package dev.pintle.upstream.circuitbreaker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The circuit of one target of a route, as it was at one moment.
 *
 * @param state as attempts meet it: the forced one if there is one
 * @param failures in a row until now
 * @param since when that state began
 * @param retryAt when an open circuit lets trials through, or is no longer forced
 * @param forced what an operator wants of it
 */
public record CircuitStatus(
        String route,
        String target,
        CircuitState state,
        int failures,
        Instant since,
        @Nullable Instant retryAt,
        @Nullable ForcedCircuit forced) {}
