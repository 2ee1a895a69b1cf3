package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The metrics of each route add up to its requests, whatever happens to these. */
class ConnectionAccountingTest {
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)\\{(.*)} (\\S+)");
    private static final Pattern ROUTE = Pattern.compile("route=\"([^\"]+)\"");

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    @Test
    void requestsEqualFirstAttemptsPlusOwnResponses() {
        RawUpstream good = fixture.upstream(RawUpstream.answers(200, "hello"));
        RawUpstream busy = fixture.upstream(RawUpstream.answers(503, "busy"));
        RawUpstream resets = fixture.upstream(RawUpstream.resetsBeforeHead());
        RawUpstream silent = fixture.upstream(RawUpstream.neverResponds());
        RawUpstream cut = fixture.upstream(RawUpstream.resetsAfterHead());
        RawUpstream dead = fixture.dead();
        TestGateway gateway = fixture.keep(TestGateway.start());
        gateway.route("good", "/good", good.url());
        gateway.route("busy", "/busy", busy.url());
        gateway.route("resets", "/resets", resets.url());
        gateway.route("silent", "/silent", silent.url(), ", \"timeout\": {\"attempt\": \"100ms\"}");
        gateway.route("cut", "/cut", cut.url());
        gateway.route("dead", "/dead", dead.url());
        gateway.route("limited", "/limited", good.url(), ", \"rateLimits\": [{\"requests\": 3}]");
        gateway.route("small", "/small", good.url(), ", \"maxRequestBody\": \"4B\"");
        gateway.route("breaks", "/breaks", resets.url(), ", \"circuitBreaker\": {\"consecutiveFailures\": 2}");

        for (String path : List.of("good", "busy", "resets", "silent", "dead", "limited", "breaks", "cut", "none")) {
            for (int i = 0; i < 5; i++) {
                exchange(gateway, "GET /" + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
                exchange(gateway, "POST /" + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            }
        }
        exchange(gateway, "GET /good/../x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        exchange(gateway, "GET /good HTTP/7.0\r\nHost: h\r\n\r\n");
        exchange(gateway, "POST /small HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello");
        String chunked = "POST /small HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        exchange(gateway, chunked + "5\r\nhello\r\n0\r\n\r\n");
        exchange(gateway, chunked + "zz\r\n");

        String scrape = settled(gateway);
        Map<String, Double> requests = byRoute(scrape, "gateway_requests_total", "");
        assertThat(requests.keySet())
                .isEqualTo(
                        Set.of("-", "good", "busy", "resets", "silent", "dead", "limited", "small", "breaks", "cut"));
        Map<String, Double> attempts = byRoute(scrape, "gateway_upstream_attempts_total", "");
        Map<String, Double> retries = byRoute(scrape, "gateway_retries_total", "");
        Map<String, Double> untried = byRoute(scrape, "gateway_generated_responses_total", "upstream_attempted=\"no\"");
        requests.forEach((route, count) -> assertThat(attempts.getOrDefault(route, 0.0)
                        - retries.getOrDefault(route, 0.0)
                        + untried.getOrDefault(route, 0.0))
                .as(route)
                .isEqualTo(count));
        assertThat(requests.get("good")).isEqualTo(10);
        assertThat(retries).containsKeys("busy", "resets", "silent", "dead");
        assertThat(byRoute(scrape, "gateway_request_duration_seconds_count", ""))
                .isEqualTo(requests);
        assertThat(byRoute(scrape, "gateway_upstream_duration_seconds_count", ""))
                .containsAllEntriesOf(attempts);
        assertThat(byRoute(scrape, "gateway_rate_limited_total", "").get("limited"))
                .isEqualTo(byRoute(scrape, "gateway_generated_responses_total", "code=\"rate-limited\"")
                        .get("limited"));
    }

    private static void exchange(TestGateway gateway, String request) {
        try (RawClient client = gateway.connect()) {
            client.send(request).rest();
        }
    }

    /** Returns a scrape without other requests in progress. An exchange ends a little after its response. */
    private static String settled(TestGateway gateway) {
        return org.awaitility.Awaitility.await()
                .until(
                        () -> gateway.get("/__metrics").body(),
                        scrape -> byRoute(scrape, "gateway_requests_in_flight", "").values().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .sum()
                                == 1);
    }

    /** Returns the values of a metric's series whose labels contain a text, summed by route. */
    private static Map<String, Double> byRoute(String scrape, String metric, String label) {
        return scrape.lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .filter(line -> line.group(1).equals(metric) && line.group(2).contains(label))
                .collect(Collectors.groupingBy(
                        ConnectionAccountingTest::route,
                        Collectors.summingDouble(line -> Double.parseDouble(line.group(3)))));
    }

    private static String route(Matcher line) {
        Matcher route = ROUTE.matcher(line.group(2));
        assertThat(route.find()).as(line.group()).isTrue();
        return route.group(1);
    }
}
