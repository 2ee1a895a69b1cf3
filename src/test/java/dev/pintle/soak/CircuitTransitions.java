package dev.pintle.soak;

import dev.pintle.testing.GatewayProcess;
import java.util.List;

/** Counts how often circuits opened, by the metrics of a node. */
final class CircuitTransitions {
    private CircuitTransitions() {}

    static String of(GatewayProcess gateway) {
        List<String> opened = gateway.get("/__metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("gateway_circuit_transitions_total") && line.contains("=\"open\""))
                .toList();
        return opened.isEmpty() ? "no circuit opened" : "circuits opened: " + opened;
    }
}
