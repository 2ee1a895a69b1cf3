package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The work for the largest legal head of each shape grows with its size, not with the product of two sizes, on a node
 * with many routes and policies that read the head. The work is counted in allocated bytes, so it does not depend on the
 * machine. {@code MatchInputTest} and {@code HopByHopHeadersTest} count parses and comparisons.
 */
class LargestHeadsTest {
    private static final int LARGEST = 31_000;
    private static final int ROUTES = 40;
    private static final int REQUESTS = 10;
    private static final int WARM_UP = 30;

    /** Four times the size takes four times the work; sixteen times would be its square. */
    private static final long MOST_GROWTH = 7;

    private static final long MOST_BYTES = 4 << 20;
    private static TestGateway gateway;
    private static RawUpstream upstream;

    /** The content of the head. */
    enum Shape {
        HEADERS("/x", "X-%d: v\r\n"),
        CONNECTION_OPTIONS("/x", "a%d,"),
        COOKIES("/x", "c%d=1; "),
        FORWARDED_ENTRIES("/x", "10.1.%d.1, "),
        REQUESTED_HEADERS("/x", "x-%d,"),
        QUERY_TERMS("/x?", "q%d=1&"),
        PATH_SEGMENTS("/x", "/%d"),
        ENCODED_PATH("/x/", "%%61%d");

        private final String target;
        private final String piece;

        Shape(String target, String piece) {
            this.target = target;
            this.piece = piece;
        }

        String request(int size) {
            int count = this == HEADERS
                    ? 190 * size / LARGEST
                    : size / piece.formatted(100).length();
            String content = String.join(
                    "",
                    IntStream.range(0, count)
                            .mapToObj(i -> piece.formatted(i % 200))
                            .toList());
            String headers = switch (this) {
                case HEADERS -> content.replace(": v", ": " + "v".repeat(150));
                case CONNECTION_OPTIONS -> "Connection: " + content + "\r\n";
                case COOKIES -> "Cookie: " + content + "\r\n";
                case FORWARDED_ENTRIES -> "X-Forwarded-For: " + content + "10.1.1.1\r\n";
                case REQUESTED_HEADERS ->
                    "Origin: https://a.example\r\nAccess-Control-Request-Method: GET\r\n"
                            + "Access-Control-Request-Headers: " + content + "x\r\n";
                default -> "";
            };
            String path = headers.isEmpty() ? target + content : target;
            return "OPTIONS " + path + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
        }
    }

    @BeforeAll
    static void start() {
        upstream = RawUpstream.seenBy(request -> {}, RawUpstream.answers(200, "hello"));
        gateway = TestGateway.start("trustedProxies=127.0.0.0/8,10.0.0.0/8");
        for (int i = 0; i < ROUTES; i++) {
            String match = i % 2 == 0 ? "\"query\": {\"q" + i + "\": \"2\"}" : "\"headers\": {\"X-" + i + "\": \"2\"}";
            put("other" + i, "{\"path\": \"/x\", " + match + "}", "");
        }
        put("x", "{\"path\": \"/x\"}", """
                , "cors": {"origins": ["https://a.example"], "headers": ["x-1", "x-2"]},
                "headers": {"request": {"set": {"X-A": "{query.a}", "X-B": "{query.b}", "X-C": "{header.c}"},
                                        "remove": ["X-5", "X-6"]}},
                "rateLimits": [{"requests": 1000000, "key": "header:X-7"}]""");
    }

    private static void put(String id, String match, String further) {
        var response = gateway.admin("PUT", "/api/v1/routes/" + id, """
                {"match": %s, "upstream": {"targets": [{"url": "%s"}], "loadBalancing": "consistent-hash",
                 "hashKey": "cookie:none"}%s}""".formatted(match, upstream.url(), further));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource
    void workGrowsWithTheSize(Shape shape) {
        try (RawClient client = gateway.connect()) {
            work(client, shape.request(LARGEST), WARM_UP);
            long none = work(client, shape.request(0), REQUESTS);
            long quarter = work(client, shape.request(LARGEST / 4), REQUESTS);
            long all = work(client, shape.request(LARGEST), REQUESTS);

            assertThat(all).isLessThan(MOST_BYTES);
            assertThat(all - none).isLessThan(MOST_GROWTH * Math.max(quarter - none, LARGEST));
        }
    }

    /** Returns the bytes that the gateway, the client and the upstream allocate for a request: the least of some. */
    private static long work(RawClient client, String request, int requests) {
        return LongStream.range(0, requests)
                .map(i -> work(client, request))
                .min()
                .orElseThrow();
    }

    private static long work(RawClient client, String request) {
        long before = allocated();
        String head = client.send(request).head();
        assertThat(head).matches("(?s)HTTP/1.1 (200|204).*");
        if (head.contains("HTTP/1.1 200")) {
            client.until("hello");
        }
        return allocated() - before;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }
}
