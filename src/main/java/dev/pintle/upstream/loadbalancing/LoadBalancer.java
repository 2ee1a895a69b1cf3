package dev.pintle.upstream.loadbalancing;

import dev.pintle.http.Exchange;
import dev.pintle.upstream.state.TargetState;
import java.util.List;

/** Selects one of the available targets. Thread-safe. */
@FunctionalInterface
public interface LoadBalancer {
    /**
     * Selects the target for this exchange.
     *
     * @param among at least one
     */
    TargetState choose(List<TargetState> among, Exchange exchange);
}
