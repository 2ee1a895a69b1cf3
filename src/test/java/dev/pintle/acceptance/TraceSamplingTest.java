package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.app.PintleApplication;
import dev.pintle.testing.ChildJvm;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.OtlpReceiver;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sampling of traces, and requests during an outage of the collector. */
class TraceSamplingTest {
    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    @Test
    void newTracesAreSampledAndClientTracesFollowTheClient() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(200, "hello"));
        OtlpReceiver collector = fixture.keep(new OtlpReceiver());
        TestGateway gateway = fixture.keep(TestGateway.start("tracing.endpoint=" + collector.url(), "tracing.ratio=0"));
        gateway.route("x", "/x", upstream.url());

        String gatewaySeries =
                gateway.get("/x").headers().firstValue("X-Trace-ID").orElseThrow();
        String clients = "5".repeat(32);
        gateway.get("/x", "traceparent", "00-" + clients + "-b7ad6b7169203331-01");

        assertThat(collector.trace(clients, 2)).hasSize(2);
        assertThat(collector.of(gatewaySeries)).isEmpty();
        assertThat(upstream.requests().getFirst().field("traceparent"))
                .matches("00-" + gatewaySeries + "-[0-9a-f]{16}-00");
    }

    @Test
    void requestsContinueWithoutACollector() {
        RawUpstream upstream = fixture.upstream(RawUpstream.answers(200, "hello"));
        RawUpstream dead = fixture.dead();
        TestGateway gateway = fixture.keep(TestGateway.start("tracing.endpoint=" + dead.url()));
        gateway.route("x", "/x", upstream.url());
        for (int i = 0; i < 100; i++) {
            assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void openTelemetryIsOptionalWithoutTracing() {
        try (ChildJvm node = ChildJvm.start(
                PintleApplication.class,
                path -> !path.contains("opentelemetry"),
                Map.of(
                        "DATABASE_URL",
                        TestPostgres.migratedDatabase().url(),
                        "PINTLE_DATA",
                        TestGateway.newFolder().toString(),
                        "GATEWAY_PORT",
                        "0",
                        "ADMIN_PORT",
                        "0"),
                "server",
                "config.yml")) {
            URI anywhere = URI.create(node.awaitLine("  gateway ") + "/anywhere");
            HttpResponse<String> answer =
                    TestGateway.send(HttpRequest.newBuilder(anywhere).build());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("X-Trace-ID").orElseThrow()).matches("[0-9a-f]{32}");
        }
    }
}
