package dev.pintle.acceptance;

import static dev.pintle.testing.WebSockets.CLIENT_GOING_AWAY;
import static dev.pintle.testing.WebSockets.GOING_AWAY;
import static dev.pintle.testing.WebSockets.frame;
import static dev.pintle.testing.WebSockets.maskedFrame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TalkingWebSocket;
import dev.pintle.testing.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that stops ends WebSockets with the code 1001 between two frames. */
class TunnelShutdownTest {
    private static final int TALKING = 200;
    private static final int STREAMS = 20;

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final TestGateway gateway = fixture.keep(TestGateway.start());

    @Test
    void bothSidesOfTalkingWebSocketsSeeGoingAwayAndNoCutFrame() throws Exception {
        BlockingQueue<String> upstreamEnds = new LinkedBlockingQueue<>();
        AtomicInteger frames = new AtomicInteger();
        gateway.route(
                "ws",
                "/ws",
                fixture.upstream(TalkingWebSocket.echo(upstreamEnds::add)).url());
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> ends = IntStream.range(0, TALKING)
                    .mapToObj(i -> clients.submit(() -> {
                        try (RawClient client = gateway.connect()) {
                            return TalkingWebSocket.talk(client, "/ws", Duration.ZERO, frames::incrementAndGet);
                        }
                    }))
                    .toList();
            await().until(() ->
                    gateway.metric("gateway_tunnels_open{route=\"ws\"}") == TALKING && frames.get() > 3 * TALKING);
            gateway.stop();
            assertThat(ends).extracting(Future::get).containsOnly("1001");
        }
        await().until(() -> upstreamEnds.size() == TALKING);
        assertThat(upstreamEnds).containsOnly("1001");
    }

    @Test
    void webSocketsOverHttp2SeeGoingAwayAndTheEndOfTheirStreams() throws Exception {
        BlockingQueue<String> upstreamEnds = new LinkedBlockingQueue<>();
        RawUpstream upstream = fixture.upstream(TalkingWebSocket.echo(upstreamEnds::add));
        gateway.route("ws", "/ws", upstream.url());
        Thread stopping;
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
                assertThat(client.webSocket(stream, "/ws").head(stream).status())
                        .isEqualTo(200);
                client.data(stream, 0, maskedFrame("hello"));
                assertThat(client.content(stream, "hello")).isEqualTo(frame("hello"));
            }
            stopping = Thread.ofVirtual().start(gateway::stop);
            List<RawHttp2Client.Frame> closes = IntStream.range(0, STREAMS)
                    .mapToObj(i -> client.until(RawHttp2Client.DATA).getLast())
                    .toList();
            assertThat(closes).extracting(RawHttp2Client.Frame::payload).containsOnly(GOING_AWAY);
            for (RawHttp2Client.Frame close : closes) {
                client.data(close.stream(), RawHttp2Client.END_STREAM, CLIENT_GOING_AWAY);
            }
            for (int i = 0; i < STREAMS; i++) {
                RawHttp2Client.Frame end = client.until(RawHttp2Client.DATA).getLast();
                assertThat(end.has(RawHttp2Client.END_STREAM)).isTrue();
            }
            // The connection ends soon, because nothing keeps its streams.
            assertThat(client.until(RawHttp2Client.RST_STREAM))
                    .noneMatch(frame -> frame.type() == RawHttp2Client.RST_STREAM);
        }
        stopping.join();
        await().until(() -> upstreamEnds.size() == STREAMS);
        assertThat(upstreamEnds).containsOnly("1001");
    }
}
