package dev.pintle.soak;

import dev.pintle.testing.GatewayProcess;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A load balancer that checks the readiness of its nodes twenty times per second. */
final class NodeBalancer implements AutoCloseable {
    private final List<GatewayProcess> nodes;
    private final AtomicInteger turn = new AtomicInteger();
    private final Thread checks;
    private volatile List<Integer> ready;
    private volatile boolean over;

    NodeBalancer(GatewayProcess... nodes) {
        this.nodes = new CopyOnWriteArrayList<>(nodes);
        this.ready = ports();
        this.checks = Thread.ofVirtual().start(this::check);
    }

    int size() {
        return nodes.size();
    }

    GatewayProcess node(int index) {
        return nodes.get(index);
    }

    void replace(int index, GatewayProcess node) {
        nodes.set(index, node);
    }

    void add(GatewayProcess node) {
        nodes.add(node);
    }

    /** The port of the next node that is ready. */
    int port() {
        List<Integer> now = ready;
        return now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
    }

    /** Whether requests reach a node. */
    boolean uses(GatewayProcess node) {
        return ready.contains(node.port());
    }

    private List<Integer> ports() {
        return nodes.stream().map(GatewayProcess::port).toList();
    }

    private void check() {
        try (LoadClient caller = new LoadClient()) {
            while (Waiting.until(System.nanoTime() + 50_000_000, () -> over)) {
                List<Integer> now = ports().stream()
                        .filter(port -> caller.send(ClientRequest.get(port, "/__ready", null))
                                .equals(LoadClient.OK))
                        .toList();
                // Without any ready node, requests still go somewhere, and fail visibly.
                ready = now.isEmpty() ? ready : now;
            }
        }
    }

    @Override
    public void close() {
        over = true;
        Waiting.join(checks);
    }
}
