package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.pintle.testing.TestDns;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A route follows DNS. The targets are loopback addresses with one port. */
class DiscoveryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TestDns DNS = TestDns.start();
    private static final List<HttpServer> SERVERS = new ArrayList<>();

    private static TestGateway gateway;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        // Takes the port at the address of the gateway, too: targets with a port of the gateway are refused.
        port = server("127.0.0.1", 0);
        gateway = TestGateway.start("dns.resolver=" + DNS.resolver());
        server("127.0.0.2", port);
        server("127.0.0.3", port);
        server("127.0.0.4", port);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        DNS.close();
        SERVERS.forEach(server -> server.stop(0));
    }

    @Test
    void targetsFollowTheRecordsAndKeepTheirState() {
        DNS.set("users.test.", "A", 1, "127.0.0.2", "127.0.0.3");
        route("users", "{\"dns\": \"users.test\", \"port\": %d}", """
                , "circuitBreaker": {"consecutiveFailures": 1, "cooldown": "10m"}, "retry": {"max": 0}""");
        assertThat(answers("/users")).containsExactlyInAnyOrder(host("127.0.0.2"), host("127.0.0.3"));
        while (gateway.get("/users/fail-127.0.0.2").statusCode() == 200) {
            // The other target answered.
        }
        assertThat(circuits("users")).contains("open");
        DNS.set("users.test.", "A", 1, "127.0.0.2", "127.0.0.4");
        await().until(() -> targets("users"), list -> list.contains(url("127.0.0.4")));
        assertThat(targets("users")).containsExactly(url("127.0.0.2"), url("127.0.0.4"));
        assertThat(circuits("users")).as("the circuit of a target that stays").contains("open");
        assertThat(answers("/users")).containsExactly(host("127.0.0.4"));
        assertThat(gateway.get("/__metrics").body())
                .contains("gateway_circuit_open{route=\"users\",target=\"" + url("127.0.0.4"))
                .doesNotContain("{route=\"users\",target=\"" + url("127.0.0.3"));
        DNS.fail(true);
        await().until(() -> gateway.get("/__circuit").body().contains("SERVFAIL"));
        assertThat(answers("/users")).containsExactly(host("127.0.0.4"));
        assertThat(gateway.get("/__health").body()).contains("degraded");
        DNS.fail(false);
    }

    @Test
    void servicesCarryTheirPorts() {
        DNS.set("_http._tcp.orders.test.", "SRV", 60, "1 1 %d a.test.".formatted(port), "2 1 9 a.test.");
        DNS.set("a.test.", "A", 60, "127.0.0.2");
        route("orders", "{\"dns\": \"_http._tcp.orders.test\", \"type\": \"SRV\"}", "");
        assertThat(gateway.get("/orders").body()).isEqualTo("127.0.0.2 orders.test:" + port);
        assertThat(gateway.admin("POST", "/api/v1/explain", "{\"method\": \"GET\", \"url\": \"/orders/7\"}")
                        .body())
                .contains("\"path\":\"/orders/7\"", "_http._tcp.orders.test", url("127.0.0.2"));
    }

    @Test
    void aNameWithoutAddressesIsNoHealthyTargetUntilItHasOne() {
        route("late", "{\"dns\": \"late.test\", \"port\": %d}", "");
        HttpResponse<String> refused = gateway.get("/late");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body())
                .contains("no-healthy-target", "discovery of A late.test", "DNS has no usable address");
        DNS.set("late.test.", "A", 60, "127.0.0.2");
        await().until(() -> gateway.get("/late").statusCode() == 200);
        assertThat(gateway.admin("DELETE", "/api/v1/routes/late", "").statusCode())
                .isEqualTo(204);
        assertThat(targets("late")).isEmpty();
    }

    @Test
    void anEditFromTargetsToDiscoveryAndBackFailsNoRequest() {
        DNS.set("moved.test.", "A", 60, "127.0.0.3");
        gateway.route("moved", "/moved", "http://127.0.0.2:" + port);
        assertThat(gateway.get("/moved").statusCode()).isEqualTo(200);
        route("moved", "{\"dns\": \"moved.test\", \"port\": %d}", "");
        assertThat(gateway.get("/moved").body()).isEqualTo(host("127.0.0.3").replace("users", "moved"));
        gateway.route("moved", "/moved", "http://127.0.0.2:" + port);
        assertThat(gateway.get("/moved").statusCode()).isEqualTo(200);
        assertThat(targets("moved")).isEmpty();
    }

    private static void route(String id, String discovery, String further) {
        HttpResponse<String> response =
                gateway.admin("PUT", "/api/v1/routes/" + id, """
                {"match": {"path": "/%s"}, "upstream": {"discovery": %s}%s}""".formatted(id, discovery.formatted(port), further));
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    }

    private static Set<String> answers(String path) {
        Set<String> answers = new TreeSet<>();
        for (int i = 0; i < 6; i++) {
            HttpResponse<String> response = gateway.get(path);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            answers.add(response.body());
        }
        return answers;
    }

    private static String host(String address) {
        return address + " users.test:" + port;
    }

    private static String url(String address) {
        return "http://" + address + ':' + port;
    }

    private static List<String> targets(String route) {
        List<String> targets = new ArrayList<>();
        for (JsonNode found : circuit().path("discovery")) {
            if (found.path("route").textValue().equals(route)) {
                found.path("targets").forEach(target -> targets.add(target.textValue()));
            }
        }
        return targets;
    }

    private static List<String> circuits(String route) {
        List<String> states = new ArrayList<>();
        for (JsonNode circuit : circuit().path("circuits")) {
            if (circuit.path("route").textValue().equals(route)) {
                states.add(circuit.path("state").textValue());
            }
        }
        return states;
    }

    private static JsonNode circuit() {
        try {
            return JSON.readTree(gateway.get("/__circuit").body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Responds with its address and the Host header, and fails a path that names it. Returns the port. */
    private static int server(String address, int wanted) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), wanted), 0);
        server.createContext("/", exchange -> {
            byte[] body = (address + ' ' + exchange.getRequestHeaders().getFirst("Host"))
                    .getBytes(StandardCharsets.ISO_8859_1);
            exchange.sendResponseHeaders(
                    exchange.getRequestURI().getPath().endsWith("fail-" + address) ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        SERVERS.add(server);
        return server.getAddress().getPort();
    }
}
