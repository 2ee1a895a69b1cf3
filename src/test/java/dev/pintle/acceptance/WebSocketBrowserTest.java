package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestBrowser;
import dev.pintle.testing.TestCertificate;
import dev.pintle.testing.TestDirectories;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.WebSocketEcho;
import dev.pintle.testing.WebSockets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pages of a real browser talk WebSocket through a gateway, over clear text and TLS. */
@Tag("browser")
class WebSocketBrowserTest {
    private static final String HOST = "app.example.test";

    /** Opens a WebSocket of this origin. It stays open between two scripts. */
    private static final String OPEN = """
            window.next = (event) => new Promise((resolve) => socket.addEventListener(event, resolve, {once: true}));
            window.socket = new WebSocket(location.origin.replace('http', 'ws') + arguments[0], ['other', 'echo']);
            socket.binaryType = 'arraybuffer';
            window.ended = next('close');
            await Promise.race([next('open'), ended]);
            return [socket.readyState, socket.protocol, socket.extensions];""";

    private static final String TALK = """
            socket.send('hello ' + 'ä'.repeat(50000));
            const text = (await next('message')).data;
            socket.send(new Uint8Array([0, 1, 254, 255]));
            const bytes = new Uint8Array((await next('message')).data);
            return [text.length, text.slice(0, 7), bytes.join(' ')];""";

    private static final String CLOSE = "socket.close(arguments[0], arguments[1]);";
    private static final String END = "const end = await ended; return [end.code, end.reason, end.wasClean];";

    private static WebSocketEcho echo;
    private static RawUpstream page;
    private static RawUpstream raw;
    private static TestGateway clear;
    private static TestGateway secure;
    private static TestBrowser browser;

    @BeforeAll
    static void start() {
        echo = WebSocketEcho.start();
        page = RawUpstream.that(RawUpstream.answers(
                200, "Content-Type: text/html", "<!doctype html><title>page</title><link rel=icon href=data:,>"));
        raw = RawUpstream.that(connection -> {
            connection.write(WebSockets.switching(
                    Objects.requireNonNull(connection.request()), "Sec-WebSocket-Protocol: echo\r\n"));
            connection.linger();
        });
        Path folder = TestDirectories.create("browser-tls-");
        TestCertificate.of("EC", HOST).writeTo(folder);
        clear = withRoutes(TestGateway.start());
        secure = withRoutes(TestGateway.start(
                "server.applicationConnectors[0].type=h2",
                "server.applicationConnectors[0].certificate=" + folder.resolve("tls.crt"),
                "server.applicationConnectors[0].key=" + folder.resolve("tls.key")));
        browser = TestBrowser.start();
    }

    private static TestGateway withRoutes(TestGateway gateway) {
        gateway.route("page", "/page", page.url());
        gateway.route("ws", "/ws", echo.url());
        gateway.route("raw", "/raw", raw.url());
        return gateway;
    }

    @AfterAll
    static void stop() {
        browser.close();
        secure.close();
        clear.close();
        raw.close();
        page.close();
        echo.close();
    }

    private static void visit(String scheme, TestGateway gateway) {
        browser.driver().get(scheme + "://" + HOST + ":" + gateway.port() + "/page");
    }

    private static List<?> run(String script, Object... arguments) {
        return (List<?>) browser.run(script, arguments);
    }

    private static void aPageTalksWithCompressionAndSeesTheCloseCode() {
        List<?> opened = run(OPEN, "/ws");
        assertThat(opened.get(0)).as("open").isEqualTo(1L);
        assertThat(opened.get(1)).isEqualTo("echo");
        assertThat(String.valueOf(opened.get(2))).startsWith("permessage-deflate");
        assertThat(run(TALK)).isEqualTo(List.of(50_006L, "hello ä", "0 1 254 255"));
        browser.run(CLOSE, 4_001, "done");
        assertThat(run(END)).isEqualTo(List.of(4_001L, "done", true));
    }

    @Test
    void aPageTalksInClearText() {
        visit("http", clear);
        aPageTalksWithCompressionAndSeesTheCloseCode();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void aPageTalksOverTls() {
        visit("https", secure);
        aPageTalksWithCompressionAndSeesTheCloseCode();
        assertThat(browser.errors()).isEmpty();
    }

    /** The trace id takes the place of the key, which a handshake over HTTP/2 lacks. */
    @Test
    void aPageThatCameOverHttp2OpensItsWebSocketOverHttp2() {
        visit("https", secure);
        assertThat(run(OPEN, "/raw").getFirst()).isEqualTo(1L);
        RawUpstream.Request handshake = raw.requests().getLast();
        byte[] trace = HexFormat.of().parseHex(Objects.requireNonNull(handshake.field("X-Trace-ID")));
        assertThat(handshake.field("Sec-WebSocket-Key"))
                .isEqualTo(Base64.getEncoder().encodeToString(trace));
    }

    @Test
    void aPageSeesThatTheGatewayGoesAway() {
        for (TestGateway gateway : List.of(clear, secure)) {
            visit(gateway == clear ? "http" : "https", gateway);
            run(OPEN, "/ws");
            gateway.admin("DELETE", "/api/v1/tunnels?route=ws", "");
            assertThat(run(END)).isEqualTo(List.of(1_001L, "", true));
        }
    }

    @Test
    void aPageSeesAnOrdinaryAnswerAsAFailure() {
        visit("http", clear);
        assertThat(run(OPEN, "/page").getFirst()).isEqualTo(3L);
        assertThat(run(END).getFirst()).isEqualTo(1_006L);
        assertThat(browser.errors()).singleElement().asString().contains("Unexpected response code: 200");
    }
}
