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

/** A client that makes the node work for nothing loses its connection, and nobody else does. */
class Http2AbuseTest {
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final RawUpstream UPSTREAM = RawUpstream.that(RawUpstream.answers(200, "hello"));
    private static final RawUpstream SILENT = RawUpstream.that(RawUpstream.neverAnswers());
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
     * Does it a thousand times: the connection ends. What the gateway says then is lost where more comes than it reads (RFC 9112
     * section 9.6), but it is nothing else.
     */
    private static void isCalmed(ObjIntConsumer<RawHttp2Client> deed) {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            for (int i = 0; i < 1_000; i++) {
                deed.accept(client, 2 * i + 1);
            }
            client.until(GOAWAY).stream()
                    .filter(frame -> frame.type() == GOAWAY)
                    .forEach(frame -> assertThat(frame.error()).isEqualTo(ENHANCE_YOUR_CALM));
        }
        assertThat(gateway.get("/x").body()).isEqualTo("hello");
    }

    @Test
    void whoTakesRequestsBackAtOnceIsCalmed() {
        isCalmed((client, stream) -> client.get(stream, "/x").send(RST_STREAM, 0, stream, number(8)));
    }

    @Test
    void whoMakesTheGatewayTakeThemBackIsCalmed() {
        isCalmed((client, stream) -> client.request(stream, 0, "POST", "/x").send(WINDOW_UPDATE, 0, stream, number(0)));
    }

    /** So few octets that the gateway has read them all when it has had enough. */
    @Test
    void whoIsCalmedIsToldSo() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.until(SETTINGS);
            String ping = RawHttp2Client.frame(8, PING, 0, 0) + "12345678";
            RawHttp2Client.Frame last =
                    client.raw(ping.repeat(130)).until(GOAWAY).getLast();
            assertThat(last.type()).isEqualTo(GOAWAY);
            assertThat(last.error()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    /** DATA after the end of a request: the stream is the client's no more, and the upstream would work for nobody. */
    @Test
    void aRequestWhoseStreamTheGatewayResetsIsTakenBack() {
        gateway.route("silent", "/silent", SILENT.url());
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.request(1, 0, "POST", "/silent").data(1, END_STREAM, "x");
            await().until(() -> gateway.metric(IN_FLIGHT) == 1);
            client.data(1, END_STREAM, "y").until(RST_STREAM);
            await().until(() -> gateway.metric(IN_FLIGHT) == 0);
        }
    }

    @Test
    void whoPingsWithoutEndIsCalmed() {
        isCalmed((client, ignored) -> client.send(PING, 0, 0, "12345678"));
    }

    @Test
    void whoChangesSettingsWithoutEndIsCalmed() {
        isCalmed((client, ignored) -> client.send(SETTINGS, 0, 0, "\0\3" + number(100)));
    }

    @Test
    void aHeadWithoutEndIsCut() {
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
    void aSmallBlockThatGrowsWhenItIsDecodedIsCut() {
        String value = "b".repeat(3_900);
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            String request = block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/x");
            // A literal that goes into the table (RFC 7541 section 6.2.1), and then 4000 references to it.
            String indexed = '@' + block("x-bomb", value).substring(1);
            client.send(HEADERS, END_HEADERS | END_STREAM, 1, request + indexed);
            assertThat(client.answer(1).body()).isEqualTo("hello");
            client.send(HEADERS, END_HEADERS | END_STREAM, 3, request + "\u00be".repeat(4_000));
            assertThat(client.answer(3).status()).isIn(0, 431);
        }
    }
}
