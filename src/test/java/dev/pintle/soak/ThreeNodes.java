package dev.pintle.soak;

import static dev.pintle.testing.WebSockets.echoes;

import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestRedis;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Three nodes under requests and WebSockets: a rolling restart, a partition between one node and PostgreSQL, then Redis,
 * and a node that is added while PostgreSQL is unavailable for all.
 */
final class ThreeNodes implements Drill {
    private static final int TUNNELS = 200;
    private static final Duration PARTITION = Duration.ofSeconds(5);

    @Override
    public Figure run() {
        try (TestRedis redis = TestRedis.start();
                FlakyTcpProxy toRedis = new FlakyTcpProxy(redis.port())) {
            Map<String, String> usual = Map.of("SHUTDOWN_DELAY", "1s", "REDIS_URL", redis.url());
            try (DrillSite site = DrillSite.with("256m", usual);
                    FlakyTcpProxy toPostgres = new FlakyTcpProxy(site.postgres().port())) {
                Map<String, String> partitioned = new HashMap<>(usual);
                partitioned.put("REDIS_URL", "redis://127.0.0.1:" + toRedis.port());
                GatewayProcess alone = site.anotherNode(toPostgres.port(), partitioned);
                NodeBalancer balancer = site.keep(new NodeBalancer(site.gateway(), site.anotherNode(usual), alone));
                return run(site, balancer, toPostgres, toRedis, usual);
            }
        }
    }

    private static Figure run(
            DrillSite site,
            NodeBalancer balancer,
            FlakyTcpProxy toPostgres,
            FlakyTcpProxy toRedis,
            Map<String, String> usual) {
        RawUpstream sockets = site.upstream(echoes());
        site.gateway()
                .route(
                        "one",
                        "/one",
                        ", \"rateLimits\": [{\"name\": \"wide\", \"requests\": 100000, \"per\": \"1s\"}]",
                        site.healthy("one"));
        site.gateway().route("ws", "/ws", "", sockets);
        for (int node = 0; node < balancer.size(); node++) {
            GatewayProcess each = balancer.node(node);
            Waiting.await("routes", () -> each.get("/one").statusCode() == 200);
        }
        try (BalancedTunnels tunnels = new BalancedTunnels(balancer, "/ws", TUNNELS);
                Load load = Load.of(500, 16, () -> ClientRequest.get(balancer.port(), "/one", "one"))) {
            Waiting.await("tunnels", () -> tunnels.open() == TUNNELS);
            load.measure(Duration.ofSeconds(5));
            ClientResults partition = load.resetCounts();
            toPostgres.stall();
            Waiting.pause(PARTITION);
            toPostgres.heal();
            toRedis.stall();
            Waiting.pause(PARTITION);
            toRedis.heal();
            ClientResults added = load.resetCounts();
            GatewayProcess fourth = addDuringOutage(site, balancer, usual);
            ClientResults rolling = load.resetCounts();
            for (int node = 0; node < balancer.size() - 1; node++) {
                balancer.node(node).stop();
                Waiting.pause(Duration.ofSeconds(1));
                balancer.replace(node, site.anotherNode(usual));
                Waiting.pause(Duration.ofSeconds(2));
            }
            load.resetCounts();
            return new Figure(
                    "three nodes, 500 requests/s, 200 WebSockets: one without PostgreSQL, then without Redis, 5 s each;"
                            + " a node added while PostgreSQL is unavailable; a rolling restart",
                    "0 failed; WebSockets end with 1001 only; the node starts from a peer",
                    "partitions: %s; node added: %s, source then: peer, now: %s; restarts: %s; ends of WebSockets: %s"
                            .formatted(
                                    partition.failures(),
                                    added.failures(),
                                    source(fourth),
                                    rolling.failures(),
                                    tunnels.ends()));
        }
    }

    private static GatewayProcess addDuringOutage(DrillSite site, NodeBalancer balancer, Map<String, String> usual) {
        Map<String, String> withPeers = new HashMap<>(usual);
        withPeers.put("PINTLE_PEERS", "127.0.0.1:" + site.gateway().adminPort());
        site.postgres().refuse();
        GatewayProcess fourth = site.anotherNode(withPeers);
        balancer.add(fourth);
        Waiting.await("requests to the new node", () -> balancer.uses(fourth));
        Waiting.pause(Duration.ofSeconds(2));
        String source = source(fourth);
        if (!source.contains("peer")) {
            throw new IllegalStateException("the node did not start from a peer: " + source);
        }
        site.postgres().heal();
        Waiting.await("PostgreSQL", () -> source(fourth).contains("database"));
        return fourth;
    }

    private static String source(GatewayProcess node) {
        String health = node.admin("GET", "/__health", "").body();
        return health.substring(health.indexOf("\"config\"")).replaceAll(".*\"source\":\"([a-z]+)\".*", "$1");
    }
}
