package dev.pintle.soak;

import static dev.pintle.testing.WebSockets.echoes;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.GatewayProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Three nodes of another version are replaced by this version one after the other, and then by the other version again, under
 * requests and WebSockets, and with writes through nodes of both versions.
 */
final class RollingUpgrade implements Drill {
    /** The jar of the other version. Beside it is its config.yml. */
    private static final String OTHER = "pintle.otherJar";

    private static final Path JAR = Path.of("target/pintle.jar");
    private static final int NODES = 3;
    private static final int TUNNELS = 200;
    private static final String FAULT =
            "three nodes of another version, 500 requests/s, 200 WebSockets: replaced by this version one by one, then back";
    private static final String GOAL = "0 failed; WebSockets end with 1001 only; writes of both versions served by all;"
            + " a new key is fleet-too-old while a node of the other version lives";

    @Override
    public Figure run() {
        String other = System.getProperty(OTHER, "");
        if (other.isEmpty()) {
            return new Figure(FAULT, GOAL, "not run: it needs OTHER=, a git revision or a jar");
        }
        Path jar = Path.of(other);
        GatewayProgram old = GatewayProgram.ofJar(jar, jar.resolveSibling("config.yml"));
        GatewayProgram present = GatewayProgram.ofJar(JAR, Path.of("config.yml"));
        try (DrillSite site = DrillSite.ofVersion(old, "256m", environment(0))) {
            NodeBalancer balancer = site.keep(new NodeBalancer(
                    site.gateway(), site.anotherNode(old, environment(1)), site.anotherNode(old, environment(2))));
            return run(site, balancer, old, present);
        }
    }

    private static Map<String, String> environment(int node) {
        return Map.of("SHUTDOWN_DELAY", "1s", "NODE_NAME", name(node));
    }

    static String name(int node) {
        return "node-" + (node + 1);
    }

    private static Figure run(DrillSite site, NodeBalancer balancer, GatewayProgram old, GatewayProgram present) {
        site.gateway().route("one", "/one", "", site.healthy("one"));
        site.gateway().route("ws", "/ws", "", site.upstream(echoes()));
        MixedWrites writes = new MixedWrites(balancer, site.healthy("written"));
        for (int node = 0; node < NODES; node++) {
            GatewayProcess each = balancer.node(node);
            Waiting.await("routes", () -> each.get("/one").statusCode() == 200);
        }
        try (BalancedTunnels tunnels = new BalancedTunnels(balancer, "/ws", TUNNELS);
                Load load = Load.of(500, 16, () -> ClientRequest.get(balancer.port(), "/one", "one"))) {
            Waiting.await("tunnels", () -> tunnels.open() == TUNNELS);
            load.measure(Duration.ofSeconds(5));
            ClientResults upgrade = load.resetCounts();
            for (int node = 0; node < NODES; node++) {
                replace(site, balancer, node, present);
                writes.toAll(node == NODES - 1);
                writes.ofNewKey(balancer.node(0), node + 1, NODES);
            }
            ClientResults downgrade = load.resetCounts();
            for (int node = 0; node < NODES; node++) {
                replace(site, balancer, node, old);
                writes.toAll(node == NODES - 1);
                if (node < NODES - 1) {
                    writes.ofNewKey(balancer.node(NODES - 1), 0, node + 1);
                }
            }
            load.resetCounts();
            return new Figure(
                    FAULT,
                    GOAL,
                    "upgrade: %s; downgrade: %s; ends of WebSockets: %s; writes: %s"
                            .formatted(upgrade.failures(), downgrade.failures(), tunnels.ends(), writes));
        }
    }

    private static void replace(DrillSite site, NodeBalancer balancer, int node, GatewayProgram program) {
        GatewayProcess stopped = balancer.node(node);
        stopped.stop();
        Waiting.pause(Duration.ofSeconds(1));
        GatewayProcess next = site.successor(stopped, program, environment(node));
        balancer.replace(node, next);
        Waiting.await("requests to " + name(node), () -> balancer.uses(next));
    }
}
