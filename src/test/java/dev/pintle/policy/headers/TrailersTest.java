package dev.pintle.policy.headers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trailers do not bring back headers that a route sets or removes. A recipient may merge trailers into the headers. */
class TrailersTest {
    private static final BlockingQueue<String> TRAILERS = new LinkedBlockingQueue<>();
    private static TestGateway gateway;
    private static RawUpstream upstream;
    private static RawUpstream service;

    @BeforeAll
    static void start() {
        upstream = RawUpstream.that(connection -> {
            while (connection.head() != null) {
                connection.until("\r\n0\r\n");
                TRAILERS.add(connection.until("\r\n\r\n"));
                connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                connection.write("2\r\nok\r\n0\r\nX-Internal: 1\r\nX_Internal: 1\r\nX-Ok: 1\r\n\r\n");
            }
        });
        service = RawUpstream.that(RawUpstream.answers(200, "X-User: jane", ""));
        gateway = TestGateway.start();
        gateway.route("edited", "/edited", upstream.url(), """
                , "headers": {"request": {"set": {"X-User": "{consumer.id}"}, "remove": ["X-Secret"]},
                              "response": {"remove": ["X-Internal"]}}""");
        gateway.route(
                "vouched",
                "/vouched",
                upstream.url(),
                ", \"externalAuth\": {\"url\": \"" + service.url()
                        + "\", \"upstreamHeaders\": [\"X-User\", \"X-Secret\"]}"
                        + ", \"headers\": {\"response\": {\"remove\": [\"X-Internal\"]}}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/edited", "/vouched"})
    void trailersWithTheNameOfAnEditedHeaderAreRemoved(String path) throws Exception {
        try (RawClient client = gateway.connect()) {
            String response = client.send("POST " + path + " HTTP/1.1\r\nHost: h\r\nTE: trailers\r\n"
                            + "Connection: TE\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
                            + "X-User: root\r\nx_user: root\r\nX-Secret: 1\r\nX-Checksum: 5\r\n\r\n")
                    .until("\r\n0\r\n");

            assertThat(response).startsWith("HTTP/1.1 200");
            assertThat(client.until("\r\n\r\n")).isEqualTo("X-Ok: 1\r\n\r\n");
            assertThat(TRAILERS.poll(20, TimeUnit.SECONDS)).isEqualTo("X-Checksum: 5\r\n\r\n");
        }
    }
}
