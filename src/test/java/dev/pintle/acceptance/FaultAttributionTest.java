package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of clients do not count against targets: no circuit opens, and no target is ejected. */
class FaultAttributionTest {
    private static final int CLIENTS = 20;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n",
                "Content-Length: 10\r\n\r\nhello"
            })
    void malformedAndCutBodies(String rest) {
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
                TestGateway gateway = TestGateway.start()) {
            gateway.admin("PUT", "/api/v1/routes/x", """
                    {"match": {"path": "/x"}, "circuitBreaker": {"consecutiveFailures": 1},
                     "upstream": {"targets": [{"url": "%s"}], "outlierDetection": {"consecutiveFailures": 1, "maxEjectionPercent": 100}}}""".formatted(upstream.url()));
            for (int i = 0; i < CLIENTS; i++) {
                try (RawClient client = gateway.connect()) {
                    String answer = client.send("PUT /x HTTP/1.1\r\nHost: h\r\n" + rest)
                            .finish()
                            .rest();
                    assertThat(answer).startsWith("HTTP/1.1 400");
                }
            }
            assertThat(upstream.requests()).isEmpty();
            assertThat(gateway.get("/x").body()).isEqualTo("hello");
        }
    }
}
