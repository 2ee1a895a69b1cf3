package dev.pintle.admin.api;

import dev.pintle.policy.ratelimit.ClientBuckets;
import dev.pintle.routing.table.RouteRuntime;
import dev.pintle.store.CircuitOverride;
import dev.pintle.store.LimitReset;
import dev.pintle.sync.OperatorOverrides;
import dev.pintle.upstream.circuitbreaker.CircuitState;
import dev.pintle.upstream.circuitbreaker.ForcedCircuit;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders of operators as this node carries them out. */
public final class OverrideApplier implements OperatorOverrides.Recipient {
    private static final Logger LOG = LoggerFactory.getLogger(OverrideApplier.class);

    private final RouteRuntime workshop;
    private final IntConsumer nodes;
    private List<CircuitOverride> known = List.of();

    /** @param nodes told how many nodes are alive */
    public OverrideApplier(RouteRuntime workshop, IntConsumer nodes) {
        this.workshop = workshop;
        this.nodes = nodes;
    }

    @Override
    public void circuits(List<CircuitOverride> orders) {
        workshop.upstreams()
                .force(orders.stream().collect(Collectors.toMap(CircuitOverride::route, OverrideApplier::forced)));
        orders.stream()
                .filter(order -> !known.contains(order))
                .forEach(order -> LOG.warn(
                        "Circuits of route {} are forced {} until {} by {}: {}",
                        order.route(),
                        forced(order).state().text(),
                        order.until(),
                        order.author(),
                        order.reason()));
        known = orders;
    }

    private static ForcedCircuit forced(CircuitOverride order) {
        CircuitState state = order.open() ? CircuitState.OPEN : CircuitState.CLOSED;
        return new ForcedCircuit(state, order.until(), order.reason());
    }

    @Override
    public void reset(LimitReset reset) {
        workshop.rateLimits().reset(reset.route(), ClientBuckets.parse(reset.bucket()));
        LOG.info("{} reset a client's rate limits on route {}", reset.author(), reset.route());
    }

    @Override
    public void nodes(int alive) {
        nodes.accept(alive);
    }
}
