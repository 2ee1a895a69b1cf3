package dev.pintle.acceptance;

import static dev.pintle.testing.WebSockets.GOING_AWAY;
import static dev.pintle.testing.WebSockets.accepts;
import static dev.pintle.testing.WebSockets.echoes;
import static dev.pintle.testing.WebSockets.handshake;
import static dev.pintle.testing.WebSockets.maskedFrame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The open WebSockets of a node: their list, the access log, and the shutdown. */
class OpenTunnelsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PAGE = Path.of("docs/how-to/proxy-websockets.md");

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final RawUpstream upstream = fixture.upstream(echoes());
    private final TestGateway gateway = fixture.keep(TestGateway.start("shutdownDelay=0s"));

    @Test
    void theAdminApiListsTunnelsAndClosesThoseOfOneRoute() throws Exception {
        gateway.route("a", "/a", upstream.url());
        gateway.route("b", "/b", upstream.url());
        AccessLogLines log = fixture.keep(AccessLogLines.record());
        RawClient first = open("/a", "X-Trace-ID: " + "1".repeat(32) + "\r\n");
        RawClient second = open("/a", "");
        RawClient other = open("/b", "");
        first.send(maskedFrame("hello"));
        first.until("hello");

        // The gateway counts bytes after it has sent them.
        await().until(() ->
                tunnels("?route=a&limit=1").at("/tunnels/0/bytesOut").asInt() == 11);
        JsonNode one = tunnels("?route=a&limit=1");
        assertThat(one.path("tunnels")).hasSize(1);
        JsonNode tunnel = one.path("tunnels").get(0);
        assertThat(tunnel.path("route").asText()).isEqualTo("a");
        assertThat(tunnel.path("client").asText()).isEqualTo("127.0.0.1");
        assertThat(tunnel.path("target").asText()).isEqualTo(upstream.url());
        assertThat(tunnel.path("traceId").asText()).isEqualTo("1".repeat(32));
        assertThat(tunnel.path("bytesIn").asInt()).isEqualTo(11);
        assertThat(tunnel.path("bytesOut").asInt()).isEqualTo(11);
        assertThat(tunnel.has("since") && tunnel.has("idle")).isTrue();
        JsonNode rest = tunnels("?after=" + one.path("next").asText());
        assertThat(rest.path("tunnels").findValuesAsText("route")).containsExactly("a", "b");
        assertThat(rest.has("next")).isFalse();

        assertThat(gateway.admin("DELETE", "/api/v1/tunnels?route=a", "").body())
                .isEqualTo("{\"closing\":2}");
        assertThat(first.until(GOING_AWAY)).isEqualTo(GOING_AWAY);
        assertThat(second.until(GOING_AWAY)).isEqualTo(GOING_AWAY);
        first.finish();
        await().until(() -> tunnels("").path("tunnels").size() < 3);
        assertThat(other.hasInput()).isFalse();
        JsonNode line = log.of("1".repeat(32));
        assertThat(line.path("status").asInt()).isEqualTo(101);
        assertThat(line.path("tunnelEnd").asText()).isEqualTo("operator");
        assertThat(line.path("bytesIn").asInt()).isEqualTo(11);
        assertThat(line.path("bytesOut").asInt()).isEqualTo(11 + GOING_AWAY.length());
        assertThat(line.path("path").asText()).isEqualTo("/a");
        assertThat(gateway.admin("GET", "/api/v1/tunnels?limit=0", "").statusCode())
                .isEqualTo(400);
        assertThat(gateway.admin("GET", "/api/v1/tunnels?after=x", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void everyClientSeesGoingAwayWhenTheNodeStops() throws Exception {
        gateway.route("ws", "/ws", upstream.url());
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(open("/ws", ""));
        }
        Thread stopping = Thread.ofVirtual().start(gateway::stop);
        for (RawClient client : clients) {
            assertThat(client.until(GOING_AWAY)).isEqualTo(GOING_AWAY);
            client.finish();
            client.rest();
        }
        stopping.join();
    }

    @Test
    void tunnelsTalkThroughEditsOfTheirRoute() {
        gateway.route("ws", "/ws", upstream.url());
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clients.add(open("/ws", ""));
        }
        RawUpstream other = fixture.upstream(accepts(RawUpstream.Connection::linger));
        for (int i = 1; i <= 20; i++) {
            gateway.route("ws", "/ws", (i % 2 == 0 ? upstream : other).url(), ", \"maxTunnels\": " + (100 + i));
            for (RawClient client : clients) {
                client.send(i + "!");
            }
        }
        for (RawClient client : clients) {
            assertThat(client.until("20!")).startsWith("1!2!").endsWith("19!20!");
        }
    }

    @Test
    void theCommandsOfTheHowToWork() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
        List<String> commands = Pattern.compile("(?m)^    \\$ (curl .*)$")
                .matcher(Files.readString(PAGE))
                .results()
                .map(command -> command.group(1))
                .toList();
        assertThat(commands).hasSize(3);

        assertThat(firstLine(commands.get(0))).contains("\"id\":\"chat\"");
        RawClient client = open("/chat", "");
        assertThat(firstLine(commands.get(1))).contains("\"route\":\"chat\"");
        assertThat(firstLine(commands.get(2))).contains("\"closing\":1");
        assertThat(client.until(GOING_AWAY)).isEqualTo(GOING_AWAY);
    }

    private String firstLine(String command) throws IOException {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(shell(command).getInputStream(), StandardCharsets.UTF_8))) {
            return output.readLine();
        }
    }

    private Process shell(String command) throws IOException {
        String here = command.replace("http://127.0.0.1:8081", gateway.adminUrl())
                .replace("http://127.0.0.1:8080", gateway.url())
                .replace("http://127.0.0.1:5001", upstream.url())
                .replace("curl ", "curl -sS -N --noproxy '*' --max-time 60 ");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec " + here);
        builder.environment().put("TOKEN", TestGateway.TOKEN);
        Process process = builder.redirectErrorStream(true).start();
        fixture.keep(process::destroyForcibly);
        return process;
    }

    private JsonNode tunnels(String query) throws IOException {
        return JSON.readTree(gateway.admin("GET", "/api/v1/tunnels" + query, "").body());
    }

    private RawClient open(String path, String further) {
        RawClient client = fixture.keep(gateway.connect());
        client.send(handshake(path, further));
        assertThat(client.head()).startsWith("HTTP/1.1 101 ");
        return client;
    }
}
