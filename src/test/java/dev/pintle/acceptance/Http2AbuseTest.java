package dev.pintle.acceptance;

import static dev.pintle.testing.RawHttp2Client.CONTINUATION;
import static dev.pintle.testing.RawHttp2Client.END_HEADERS;
import static dev.pintle.testing.RawHttp2Client.END_STREAM;
import static dev.pintle.testing.RawHttp2Client.GOAWAY;
import static dev.pintle.testing.RawHttp2Client.HEADERS;
import static dev.pintle.testing.RawHttp2Client.PING;
import static dev.pintle.testing.RawHttp2Client.RST_STREAM;
import static dev.pintle.testing.RawHttp2Client.SETTINGS;
import static dev.pintle.testing.RawHttp2Client.WINDOW_UPDATE;
import static dev.pintle.testing.RawHttp2Client.block;
import static dev.pintle.testing.RawHttp2Client.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client that makes the node work without purpose loses its connection, without effect on others. */
class Http2AbuseTest {
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final RawUpstream UPSTREAM = RawUpstream.that(RawUpstream.answers(200, "hello"));
    private static final RawUpstream SILENT = RawUpstream.that(RawUpstream.neverResponds());
    private static final String IN_FLIGHT = "gateway_requests_in_flight{route=\"silent\"}";
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
        SILENT.close();
    }

    /**
     * Repeats an action a thousand times and checks that the connection ends. The final frame of the gateway can get
     * lost when it receives more than it reads (RFC 9112 section 9.6).
     */
    private static void assertCalmed(ObjIntConsumer<RawHttp2Client> action) {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            for (int i = 0; i < 10_000; i++) {
                action.accept(client, 2 * i + 1);
            }
            client.until(GOAWAY).stream()
                    .filter(frame -> frame.type() == GOAWAY)
                    .forEach(frame -> assertThat(frame.error()).isEqualTo(ENHANCE_YOUR_CALM));
        }
        assertThat(gateway.get("/x").body()).isEqualTo("hello");
    }

    @Test
    void rapidResetsEndTheConnection() {
        assertCalmed((client, stream) -> client.get(stream, "/x").send(RST_STREAM, 0, stream, number(8)));
    }

    @Test
    void forcedResetsEndTheConnection() {
        assertCalmed(
                (client, stream) -> client.request(stream, 0, "POST", "/x").send(WINDOW_UPDATE, 0, stream, number(0)));
    }

    /** Sends so few bytes that the gateway has read all of them when it ends the connection. */
    @Test
    void theConnectionEndsWithEnhanceYourCalm() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.until(SETTINGS);
            String ping = RawHttp2Client.frame(8, PING, 0, 0) + "12345678";
            RawHttp2Client.Frame last =
                    client.raw(ping.repeat(130)).until(GOAWAY).getLast();
            assertThat(last.type()).isEqualTo(GOAWAY);
            assertThat(last.error()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    /** Sends DATA after the end of a request, which resets the stream. The upstream must not continue the request. */
    @Test
    void aRequestWhoseStreamTheGatewayResetsIsCanceled() {
        gateway.route("silent", "/silent", SILENT.url());
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.request(1, 0, "POST", "/silent").data(1, END_STREAM, "x");
            await().until(() -> gateway.metric(IN_FLIGHT) == 1);
            client.data(1, END_STREAM, "y").until(RST_STREAM);
            await().until(() -> gateway.metric(IN_FLIGHT) == 0);
        }
    }

    @Test
    void endlessPingsEndTheConnection() {
        assertCalmed((client, ignored) -> client.send(PING, 0, 0, "12345678"));
    }

    @Test
    void endlessSettingsEndTheConnection() {
        assertCalmed((client, ignored) -> client.send(SETTINGS, 0, 0, "\0\3" + number(100)));
    }

    @Test
    void anEndlessHeadEndsTheConnection() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.send(
                    HEADERS,
                    END_STREAM,
                    1,
                    block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/x"));
            for (int i = 0; i < 100; i++) {
                client.send(CONTINUATION, 0, 1, block("x-" + i, "v".repeat(4_000)));
            }
            assertThat(client.answer(1).status()).isIn(0, 431);
            assertThat(client.until(GOAWAY)).allMatch(frame -> frame.type() != HEADERS);
        }
    }

    @Test
    void aHeaderBlockThatExpandsEndsTheConnection() {
        String value = "b".repeat(3_900);
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            String request = block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/x");
            // A literal for the dynamic table (RFC 7541 section 6.2.1), and then 4000 references to it.
            String indexed = '@' + block("x-bomb", value).substring(1);
            client.send(HEADERS, END_HEADERS | END_STREAM, 1, request + indexed);
            assertThat(client.answer(1).body()).isEqualTo("hello");
            client.send(HEADERS, END_HEADERS | END_STREAM, 3, request + "\u00be".repeat(4_000));
            assertThat(client.answer(3).status()).isIn(0, 431);
        }
    }
}
