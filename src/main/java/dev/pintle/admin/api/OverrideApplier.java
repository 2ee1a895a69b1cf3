package dev.pintle.admin.api;

import dev.pintle.http.CidrSet;
import dev.pintle.policy.maintenance.ClosedRoutes;
import dev.pintle.policy.ratelimit.ClientBuckets;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.RouteRuntime;
import dev.pintle.store.CircuitOverride;
import dev.pintle.store.LimitReset;
import dev.pintle.store.MaintenanceWindow;
import dev.pintle.store.OverrideScope;
import dev.pintle.store.ReportedNodes;
import dev.pintle.sync.NodeState;
import dev.pintle.sync.OverrideRecipient;
import dev.pintle.upstream.circuitbreaker.CircuitState;
import dev.pintle.upstream.circuitbreaker.ForcedCircuit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the overrides of operators to the proxy of this node. */
public final class OverrideApplier implements OverrideRecipient {
    private static final Logger LOG = LoggerFactory.getLogger(OverrideApplier.class);

    private final RouteRuntime runtime;
    private final ActiveRouteTable live;
    private final Consumer<ReportedNodes> nodes;
    private List<CircuitOverride> logged = List.of();
    private List<MaintenanceWindow> loggedMaintenance = List.of();

    /** @param nodes receives the nodes of the cluster */
    public OverrideApplier(RouteRuntime runtime, ActiveRouteTable live, Consumer<ReportedNodes> nodes) {
        this.runtime = runtime;
        this.live = live;
        this.nodes = nodes;
    }

    @Override
    public void circuits(List<CircuitOverride> overrides) {
        runtime.upstreams().force(overrides.stream().collect(Collectors.toMap(CircuitOverride::route, this::forced)));
        // Two overrides are equal if they differ only in the time left.
        List<CircuitOverride> decisions = overrides.stream()
                .map(override -> override.withLeft(Duration.ZERO))
                .toList();
        decisions.stream().filter(override -> !logged.contains(override)).forEach(OverrideApplier::report);
        logged = decisions;
    }

    private static void report(CircuitOverride override) {
        LOG.warn(
                "Circuits of route {} are forced {} until {} {} by {}. Reason: {}",
                override.route(),
                state(override).text(),
                override.until(),
                nodes(override.scope()),
                override.author(),
                override.reason());
    }

    private ForcedCircuit forced(CircuitOverride override) {
        return new ForcedCircuit(
                state(override),
                override.until(),
                runtime.upstreams().endAfter(override.left()),
                override.reason(),
                override.scope() == OverrideScope.NODE);
    }

    private static CircuitState state(CircuitOverride override) {
        return override.open() ? CircuitState.OPEN : CircuitState.CLOSED;
    }

    @Override
    public void maintenance(List<MaintenanceWindow> windows) {
        runtime.closed()
                .replace(windows.stream()
                        .collect(Collectors.toMap(
                                MaintenanceWindow::route,
                                window -> new ClosedRoutes.Closure(
                                        CidrSet.of(window.allow()),
                                        runtime.endAfter(window.left()),
                                        window.reason()))));
        List<MaintenanceWindow> decisions =
                windows.stream().map(window -> window.withLeft(Duration.ZERO)).toList();
        decisions.stream().filter(window -> !loggedMaintenance.contains(window)).forEach(OverrideApplier::report);
        loggedMaintenance = decisions;
    }

    private static void report(MaintenanceWindow window) {
        LOG.warn(
                "Route {} is closed for maintenance until {} {} by {}. Reason: {}",
                window.route(),
                window.until(),
                nodes(window.scope()),
                window.author(),
                window.reason());
    }

    private static String nodes(OverrideScope scope) {
        return scope == OverrideScope.NODE ? "on this node only" : "on every node";
    }

    @Override
    public void reset(LimitReset reset) {
        runtime.rateLimits().reset(reset.route(), ClientBuckets.parse(reset.bucket()));
        LOG.info("{} reset a client's rate limits on route {}.", reset.author(), reset.route());
    }

    @Override
    public void nodes(ReportedNodes reported) {
        nodes.accept(reported);
        String digest = live.digestOf(reported.latest());
        Map<NodeState, Long> states = reported.nodes().stream()
                .map(node -> NodeState.of(node, reported.latest(), digest))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        for (NodeState state : NodeState.values()) {
            runtime.metrics().configuration().nodes(state.word(), states.getOrDefault(state, 0L));
        }
    }
}
