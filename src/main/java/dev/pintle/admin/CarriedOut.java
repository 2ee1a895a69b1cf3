package dev.pintle.admin;

import dev.pintle.routing.Workshop;
import dev.pintle.store.CircuitOrder;
import dev.pintle.store.LimitReset;
import dev.pintle.sync.Orders;
import dev.pintle.upstream.CircuitState;
import dev.pintle.upstream.ForcedCircuit;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders of operators as this node carries them out. */
public final class CarriedOut implements Orders.Recipient {
    private static final Logger LOG = LoggerFactory.getLogger(CarriedOut.class);

    private final Workshop workshop;
    private final IntConsumer nodes;
    private List<CircuitOrder> known = List.of();

    /** @param nodes told how many nodes are alive */
    public CarriedOut(Workshop workshop, IntConsumer nodes) {
        this.workshop = workshop;
        this.nodes = nodes;
    }

    @Override
    public void circuits(List<CircuitOrder> orders) {
        workshop.upstreams().force(orders.stream().collect(Collectors.toMap(CircuitOrder::route, CarriedOut::forced)));
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

    private static ForcedCircuit forced(CircuitOrder order) {
        CircuitState state = order.open() ? CircuitState.OPEN : CircuitState.CLOSED;
        return new ForcedCircuit(state, order.until(), order.reason());
    }

    @Override
    public void reset(LimitReset reset) {
        workshop.rateLimits().reset(reset.route(), reset.bucket());
        LOG.info("A bucket of route {} was filled by {}", reset.route(), reset.author());
    }

    @Override
    public void nodes(int alive) {
        nodes.accept(alive);
    }
}
