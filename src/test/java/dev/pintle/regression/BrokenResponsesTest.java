package dev.pintle.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A response that broke off before its first byte reached clients as 500 of the gateway, without a route. */
class BrokenResponsesTest {
    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final TestGateway gateway = fixture.keep(TestGateway.start());

    @Test
    void aResponseThatIsMalformedAtItsFirstByteIs502() {
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Of: upstream\r\n\r\nno size\r\n");
        });
        gateway.route("x", "/x", upstream.url());
        try (RawClient client = gateway.connect()) {
            client.send("GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 502")
                    .contains("\"code\":\"upstream-reset\"")
                    .doesNotContain("X-Of");
        }
        assertThat(gateway.metric("gateway_requests_total{route=\"x\",status=\"502\"}"))
                .isEqualTo(1);
        assertThat(gateway.metric("gateway_requests_total{route=\"-\",status=\"500\"}"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TE: trailers\r\nConnection: TE\r\n"})
    void anHttp10ClientGetsTheProblemWithoutAReset(String fields) {
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n");
        });
        gateway.route("x", "/x", upstream.url());
        try (RawClient client = gateway.connect()) {
            client.send("GET /x HTTP/1.0\r\n" + fields + "\r\n").finish();
            assertThat(client.rest()).startsWith("HTTP/1.1 502").contains("\"code\":\"upstream-reset\"");
            assertThat(client.wasReset()).isFalse();
        }
    }

    /** The end of the connection ends such a response, so only RST tells the client that it is cut. */
    @ParameterizedTest
    @EnumSource
    void aCutResponseThatEndsWithItsConnectionIsReset(Cut cut) {
        CountDownLatch headArrived = new CountDownLatch(1);
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            await().until(() -> headArrived.getCount() == 0);
            cut.end(connection);
        });
        gateway.route("x", "/x", upstream.url(), ", \"timeout\": {\"idle\": \"1s\"}");
        try (RawClient client = gateway.connect()) {
            assertThat(client.send("GET /x HTTP/1.0\r\n\r\n").until("hello")).startsWith("HTTP/1.1 200");
            headArrived.countDown();
            assertThat(client.rest()).isEmpty();
            assertThat(client.wasReset()).isEqualTo(cut != Cut.COMPLETE);
        }
    }

    /** The way in which an upstream ends its response. */
    enum Cut {
        FIN {
            @Override
            void end(RawUpstream.Connection connection) {}
        },
        RST {
            @Override
            void end(RawUpstream.Connection connection) throws IOException {
                connection.reset();
            }
        },
        GARBAGE {
            @Override
            void end(RawUpstream.Connection connection) throws IOException {
                connection.write("no size\r\n");
            }
        },
        SILENCE {
            @Override
            void end(RawUpstream.Connection connection) throws IOException {
                connection.linger();
            }
        },
        COMPLETE {
            @Override
            void end(RawUpstream.Connection connection) throws IOException {
                connection.write("0\r\n\r\n");
            }
        };

        abstract void end(RawUpstream.Connection connection) throws IOException;
    }

    @Test
    void aResponseThatStallsAfterItsHeadIsCutOff() {
        RawUpstream upstream = fixture.upstream(RawUpstream.stallsAfterHead());
        gateway.route("x", "/x", upstream.url(), ", \"timeout\": {\"idle\": \"1s\"}");
        try (RawClient client = gateway.connect()) {
            client.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(client.rest()).isEmpty();
        }
    }
}
