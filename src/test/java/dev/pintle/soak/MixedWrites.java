package dev.pintle.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestRoutes;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes through the admin API of nodes of two versions, and their outcomes. */
final class MixedWrites {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEW_KEY = """
            {"match": {"path": "/discovered"}, "upstream": {"discovery": {"dns": "users.invalid", "port": 80}}}""";

    private final NodeBalancer balancer;
    private final RawUpstream upstream;
    private final EventCounter outcomes = new EventCounter();
    private int number;

    MixedWrites(NodeBalancer balancer, RawUpstream upstream) {
        this.balancer = balancer;
        this.upstream = upstream;
    }

    /**
     * Writes a route through the first node and another one through the last, and waits until all nodes serve both.
     *
     * @param isUniform whether all nodes have one version by now
     */
    void toAll(boolean isUniform) {
        for (int source : isUniform ? new int[] {0} : new int[] {0, balancer.size() - 1}) {
            String id = "written-" + ++number;
            HttpResponse<String> response =
                    balancer.node(source).admin("PUT", "/api/v1/routes/" + id, TestRoutes.json('/' + id, "", upstream));
            if (response.statusCode() == 201) {
                nodes().forEach(node -> Waiting.await(
                        id + " on every node", () -> node.get('/' + id).statusCode() == 200));
                outcomes.add("served by all");
            } else {
                outcomes.add("refused: " + response.statusCode() + ' ' + response.body());
            }
        }
    }

    /**
     * Writes a key that the other version does not know. The nodes of that version must refuse it.
     *
     * @param source a node of this version
     * @param first the first node of the other version
     * @param end the node after the last one of the other version; the first one when there is none
     */
    void ofNewKey(GatewayProcess source, int first, int end) {
        Waiting.await("heartbeats of all nodes", () -> living(source).size() == balancer.size());
        HttpResponse<String> response = source.admin("PUT", "/api/v1/routes/discovered", NEW_KEY);
        Set<String> expected = IntStream.range(first, end)
                .mapToObj(RollingUpgrade::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (expected.isEmpty() && response.statusCode() == 201) {
            outcomes.add("new key stored");
            source.admin("DELETE", "/api/v1/routes/discovered", "");
        } else if (response.body().contains("\"fleet-too-old\"")
                && names(json(response).path("nodes")).equals(expected)) {
            outcomes.add("new key refused for " + expected.size() + " nodes by name");
        } else {
            outcomes.add("new key, unexpected: " + response.statusCode() + ' ' + response.body());
        }
    }

    private List<GatewayProcess> nodes() {
        return IntStream.range(0, balancer.size()).mapToObj(balancer::node).toList();
    }

    /** The names of the nodes that neither stop nor are lost. */
    private static Set<String> living(GatewayProcess source) {
        Set<String> names = new TreeSet<>();
        json(source.admin("GET", "/api/v1/nodes", "")).path("nodes").forEach(node -> {
            String state = node.path("state").asText();
            if (!state.equals("lost") && !state.equals("draining")) {
                names.add(node.path("name").asText());
            }
        });
        return names;
    }

    /** Names as {@code node-1} of a list such as {@code ["node-1 (0.1.0)"]}. */
    private static Set<String> names(JsonNode nodes) {
        Set<String> names = new TreeSet<>();
        nodes.forEach(node -> names.add(node.asText().split(" ", 2)[0]));
        return names;
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(response.body(), e);
        }
    }

    @Override
    public String toString() {
        return outcomes.toString();
    }
}
