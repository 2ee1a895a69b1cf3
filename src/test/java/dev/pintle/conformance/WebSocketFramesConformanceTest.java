package dev.pintle.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.TestGateway;
import dev.pintle.testing.WebSocketEcho;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A WebSocket server sends through the gateway what it sends to a client directly, for valid and invalid frames. */
class WebSocketFramesConformanceTest {
    private static WebSocketEcho server;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        server = WebSocketEcho.start();
        gateway = TestGateway.start();
        assertThat(gateway.admin("PUT", "/api/v1/routes/ws", """
                        {"match": {"path": "/"}, "upstream": {"targets": [{"url": "%s"}]}}
                        """.formatted(server.url()))
                        .statusCode())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        server.close();
    }

    @Test
    void eachCaseHasTheSameResultDirectlyAndThroughTheGateway() throws IOException {
        List<WebSocketCase> cases = Stream.of(
                        WebSocketFrameCases.all(),
                        WebSocketFragmentCases.all(),
                        WebSocketTextCases.all(),
                        WebSocketCloseCases.all(),
                        WebSocketCompressionCases.all())
                .flatMap(each -> each)
                .toList();
        assertThat(cases).hasSizeGreaterThan(250);
        SoftAssertions all = new SoftAssertions();
        for (WebSocketCase each : cases) {
            WebSocketTranscript direct = WebSocketTranscript.of(each, server.port());
            WebSocketTranscript through = WebSocketTranscript.of(each, gateway.port());
            all.assertThat(brief(direct.frames())).as("directly: %s", each).isEqualTo(brief(each.expected()));
            all.assertThat(brief(through.frames()))
                    .as("through the gateway: %s", each)
                    .isEqualTo(brief(direct.frames()));
            all.assertThat(through.extensions()).as("extensions: %s", each).isEqualTo(direct.extensions());
        }
        all.assertAll();
    }

    /** Shortens long payloads, so that a failure stays readable. */
    private static String brief(String frames) {
        return frames.length() < 1_000
                ? frames
                : frames.substring(0, 500) + "… " + frames.length() + " characters, hash " + frames.hashCode();
    }

    @Test
    void theClientOfJettyTalksWithCompression() throws Exception {
        WebSocketClient client = new WebSocketClient();
        client.setMaxTextMessageSize(WebSocketEcho.MAX_MESSAGE);
        client.start();
        try {
            ClientUpgradeRequest request =
                    new ClientUpgradeRequest(URI.create("ws://127.0.0.1:" + gateway.port() + "/"));
            request.addExtensions("permessage-deflate");
            Received received = new Received();
            Session session = client.connect(received, request).get(20, TimeUnit.SECONDS);
            String large = "large ".repeat(100_000);
            session.sendText("hello", Callback.NOOP);
            session.sendPing(ByteBuffer.wrap(new byte[] {1}), Callback.NOOP);
            session.sendText(large, Callback.NOOP);
            assertThat(received.next()).isEqualTo("hello");
            assertThat(received.next()).isEqualTo("pong");
            assertThat(received.next()).isEqualTo(large);
            session.close(4_000, "done", Callback.NOOP);
            assertThat(received.next()).isEqualTo("closed 4000 done");
        } finally {
            client.stop();
        }
    }

    /** The messages to a client, as text. Public, because Jetty looks up its methods. */
    public static final class Received implements Session.Listener.AutoDemanding {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

        @Override
        public void onWebSocketText(String message) {
            messages.add(message);
        }

        @Override
        public void onWebSocketPong(ByteBuffer payload) {
            messages.add("pong");
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            messages.add("closed " + code + " " + reason);
            callback.succeed();
        }

        String next() throws InterruptedException {
            return String.valueOf(messages.poll(20, TimeUnit.SECONDS));
        }
    }
}
