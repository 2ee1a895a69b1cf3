package dev.pintle.upstream;

import dev.pintle.exchange.Exchange;
import java.util.List;

/** Chooses one of the targets that may be asked. Safe for all threads. */
@FunctionalInterface
interface Balancer {
    /**
     * The choice for this exchange.
     *
     * @param among at least one
     */
    Member choose(List<Member> among, Exchange exchange);
}
