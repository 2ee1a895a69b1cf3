package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The content of a scrape, and that its size depends only on the configuration. */
class MetricsTest {
    private static final RawUpstream UPSTREAM = RawUpstream.that(RawUpstream.answers(200, "hello"));
    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
        gateway.route("x", "/x", UPSTREAM.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @Test
    void tenThousandUnknownPathsMethodsAndHostsAddNoSeries() {
        sendUnknown(0, 1);
        await().until(() -> gateway.metric("gateway_requests_total{route=\"-\",status=\"404\"}") > 0);
        Set<String> before = gatewaySeries();
        for (int i = 1; i < 10_000; i += 100) {
            sendUnknown(i, 100);
        }
        assertThat(gatewaySeries()).isEqualTo(before);
        assertThat(gateway.metric("gateway_requests_total{route=\"-\",status=\"404\"}"))
                .isGreaterThanOrEqualTo(10_000);
    }

    /** Sends this many requests without a route, one after the other, and waits for the last response. */
    private static void sendUnknown(int first, int count) {
        StringBuilder requests = new StringBuilder();
        String last = "";
        for (int i = first; i < first + count; i++) {
            last = "%032x".formatted(i + 1);
            requests.append("VERB%d /unknown/%d HTTP/1.1\r\nHost: h%d.example\r\nX-Trace-ID: %s\r\n\r\n"
                    .formatted(i, i, i, last));
        }
        try (RawClient client = gateway.connect()) {
            client.send(requests.toString()).until(last + "\"}");
        }
    }

    @Test
    void unregisteredStatusesShareOneSeries() {
        try (RawUpstream odd = RawUpstream.that(RawUpstream.answers(299, "odd"))) {
            gateway.route("odd", "/odd", odd.url());
            for (int status : List.of(299, 298, 297)) {
                odd.now(RawUpstream.answers(status, "odd"));
                gateway.get("/odd");
            }
        }
        assertThat(series().stream().filter(series -> series.startsWith("gateway_requests_total{route=\"odd\"")))
                .containsExactly("gateway_requests_total{route=\"odd\",status=\"2xx\"}");
    }

    @Test
    void aDeletedRouteLosesItsSeriesDuringARequest() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (RawUpstream slow = RawUpstream.that(connection -> {
                    connection.request();
                    asked.countDown();
                    await().until(() -> answer.getCount() == 0);
                    connection.answer(418, "late");
                });
                RawClient client = gateway.connect()) {
            gateway.route("gone", "/gone", slow.url());
            client.send("GET /gone HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            asked.await();
            assertThat(series()).anyMatch(series -> series.contains("route=\"gone\""));

            gateway.admin("DELETE", "/api/v1/routes/gone", "");
            answer.countDown();
            assertThat(client.rest()).startsWith("HTTP/1.1 418");
        }
        assertThat(series()).noneMatch(series -> series.contains("route=\"gone\""));
    }

    @Test
    void openMetricsHasAnExemplarForEachBucket() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        gateway.route("exemplary", "/exemplary", UPSTREAM.url());
        gateway.get("/exemplary", "X-Trace-ID", trace);
        String scrape = gateway.get("/__metrics", "Accept", OPEN_METRICS).body();

        assertThat(scrape).endsWith("# EOF\n");
        for (String name : List.of("gateway_request_duration_seconds", "gateway_upstream_duration_seconds")) {
            assertThat(scrape)
                    .containsPattern(
                            name + "_bucket\\{route=\"exemplary\",le=\"[^\"]+\"} 1 # \\{trace_id=\"" + trace + "\"}");
        }
    }

    @Test
    void theMetricsOfTheServerAndTheJvmAreIncluded() {
        assertThat(names())
                .contains(
                        "jvm_memory_used_bytes",
                        "process_cpu_seconds_total",
                        "io_dropwizard_db_ManagedPooledDataSource_postgresql_active",
                        "org_eclipse_jetty_server_HttpConnectionFactory_application_connections_count",
                        "org_eclipse_jetty_server_HttpConnectionFactory_admin_connections_count");
    }

    @Test
    void noMetricNameContainsAnAddressOrAPort() {
        assertThat(names())
                .noneMatch(name -> name.contains("127_0_0_1") || name.matches(".*HttpConnectionFactory_[0-9].*"));
    }

    private static Set<String> names() {
        return series().stream().map(series -> series.split("\\{", 2)[0]).collect(Collectors.toSet());
    }

    /** Returns all series except those of the JVM, some of which appear with the first garbage collection. */
    private static Set<String> gatewaySeries() {
        return series().stream().filter(series -> !series.startsWith("jvm_")).collect(Collectors.toSet());
    }

    private static Set<String> series() {
        return gateway.get("/__metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toSet());
    }
}
