package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.app.PintleApplication;
import dev.pintle.testing.ChildJvm;
import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.TestDirectories;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The console of the gateway takes no more output, such as a terminal that an operator paused. */
class BlockedConsoleTest {
    private static final Pattern GATEWAY = Pattern.compile("  gateway +(http://\\S+)\\s");
    private static final int REQUESTS = 6_000;

    @Test
    void requestsAreAnsweredAndLinesAreDroppedWithinTheHeap() throws Exception {
        Process gateway = start(TestDirectories.create("blocked-"));
        try {
            InputStream console = gateway.getInputStream();
            URI url = gatewayUrl(console);
            HttpRequest refused = get(url.resolve("/none/" + "x".repeat(7_000)));

            for (int i = 0; i < REQUESTS; i++) {
                assertThat(TestGateway.send(refused).statusCode()).isEqualTo(404);
            }

            assertThat(TestGateway.send(get(url.resolve("/__health"))).statusCode())
                    .isEqualTo(200);
            assertThat(TestGateway.send(get(url.resolve("/__metrics"))).body())
                    .containsPattern("(?m)^gateway_access_log_dropped_total\\S* [1-9]");
            assertThat(gateway.isAlive()).isTrue();
        } finally {
            gateway.destroyForcibly().waitFor();
        }
    }

    private static Process start(Path data) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.command(
                        GatewayProcess.production("256m"),
                        PintleApplication.class,
                        path -> true,
                        "server",
                        "config.yml"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "GATEWAY_HOST", "127.0.0.1",
                        "GATEWAY_PORT", "0",
                        "ADMIN_PORT", "0",
                        "INTROSPECTION_ALLOW", "127.0.0.0/8",
                        "LOG_FORMAT", "text",
                        "PINTLE_DATA", data.toString(),
                        "DATABASE_URL", TestPostgres.migratedDatabase().url()));
        return builder.start();
    }

    /** Reads the console up to the banner, and then no more. */
    private static URI gatewayUrl(InputStream console) throws IOException {
        StringBuilder text = new StringBuilder();
        Matcher line = GATEWAY.matcher(text);
        byte[] buffer = new byte[1_024];
        for (int count = console.read(buffer); count >= 0; count = console.read(buffer)) {
            text.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
            line.reset();
            if (line.find()) {
                return URI.create(line.group(1));
            }
        }
        throw new AssertionError("no banner in: " + text);
    }

    private static HttpRequest get(URI url) {
        return HttpRequest.newBuilder(url).build();
    }
}
