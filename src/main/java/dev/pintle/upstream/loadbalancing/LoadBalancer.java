package dev.pintle.upstream.loadbalancing;

import dev.pintle.http.Exchange;
import dev.pintle.upstream.state.TargetState;
import java.util.List;

/** Chooses one of the targets that may be asked. Safe for all threads. */
@FunctionalInterface
public interface LoadBalancer {
    /**
     * The choice for this exchange.
     *
     * @param among at least one
     */
    TargetState choose(List<TargetState> among, Exchange exchange);
}
