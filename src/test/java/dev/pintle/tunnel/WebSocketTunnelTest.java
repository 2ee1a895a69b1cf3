package dev.pintle.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.http.DuplexStream;
import dev.pintle.http.Headers;
import dev.pintle.http.TunnelMeter;
import dev.pintle.http.TunnelResponse;
import dev.pintle.testing.ManualTicker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The times of a tunnel, by a clock that the test moves. */
class WebSocketTunnelTest {
    private static final byte[] GOING_AWAY = {(byte) 0x88, 2, 0x03, (byte) 0xe9};

    private final ManualTicker ticker = new ManualTicker();
    private final PipedOutputStream upstream = new PipedOutputStream();
    private final RecordingClient client = new RecordingClient();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final OpenTunnels tunnels = new OpenTunnels(ticker);
    private final WebSocketTunnel tunnel = open();

    @Test
    void aSilentTunnelSendsACloseFrameAndEndsAfterTenSeconds() {
        pass(Duration.ofMinutes(9));
        tunnel.receive(new byte[] {1}, 1);
        pass(Duration.ofMinutes(9));
        assertThat(tunnel.end()).isNull();

        pass(Duration.ofMinutes(1));
        await().until(() -> client.written.size() == GOING_AWAY.length);
        assertThat(client.written.toByteArray()).isEqualTo(GOING_AWAY);
        pass(Duration.ofMillis(9_999));
        assertThat(ends).isEmpty();

        pass(Duration.ofMillis(1));
        assertThat(ends).containsExactly("silence");
        assertThat(client.closed).isTrue();
        assertThat(tunnels.isEmpty()).isTrue();
    }

    @Test
    void aTunnelThatNeverOpenedIsNotCounted() {
        create().clientFailed();

        assertThat(ends).isEmpty();
        assertThat(client.closed).isTrue();
    }

    @Test
    void theFirstCauseOfTheEndCounts() {
        tunnels.goAway(facts -> true, TunnelEnd.OPERATOR);
        tunnels.shutDown();
        tunnel.clientFailed();

        assertThat(ends).containsExactly("operator");
    }

    @Test
    void halfATunnelEndsAfterTenSecondsOfSilence() throws IOException {
        upstream.close();
        await().until(() -> client.ended);
        pass(Duration.ofSeconds(9));
        tunnel.receive(new byte[] {7}, 1);
        pass(Duration.ofSeconds(9));
        assertThat(received.toByteArray()).containsExactly(7);
        assertThat(ends).isEmpty();

        pass(Duration.ofSeconds(1));
        assertThat(ends).containsExactly("upstream");
    }

    @Test
    void aTunnelThatOpensDuringAShutdownSaysGoodbyeAtOnce() {
        tunnels.shutDown();
        open();

        await().until(() -> client.written.size() == 2 * GOING_AWAY.length);
    }

    @Test
    void afterTheGoodbyeNoFrameOfTheUpstreamFollows() throws IOException {
        tunnels.goAway(facts -> true, TunnelEnd.ROUTE);
        await().until(() -> client.written.size() == GOING_AWAY.length);
        upstream.write(new byte[] {(byte) 0x81, 1, 'x'});
        upstream.close();
        await().until(() -> client.ended);

        assertThat(client.written.toByteArray()).isEqualTo(GOING_AWAY);
    }

    private void pass(Duration time) {
        ticker.advance(time);
        tunnel.check();
    }

    private WebSocketTunnel open() {
        WebSocketTunnel opened = create();
        tunnels.open(opened);
        return opened;
    }

    private WebSocketTunnel create() {
        TunnelFacts facts = new TunnelFacts(tunnels.nextId(), "t", "r", "c", "u", Instant.EPOCH);
        TunnelResponse response = new TunnelResponse(Headers.EMPTY, new Upstream(), Duration.ofMinutes(10));
        return tunnels.create(facts, client, response, new Ends(ends), ended -> {});
    }

    private final class Upstream implements DuplexStream {
        private final PipedInputStream input;

        Upstream() {
            try {
                input = tunnels.isEmpty()
                        ? new PipedInputStream(upstream)
                        : new PipedInputStream(new PipedOutputStream());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public InputStream input() {
            return input;
        }

        @Override
        public OutputStream output() {
            return received;
        }

        @Override
        public void endOutput() {}

        @Override
        public void close() {}
    }

    private static final class RecordingClient implements ClientStream {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private volatile boolean ended;
        private volatile boolean closed;

        @Override
        public void write(byte[] buffer, int length) {
            written.write(buffer, 0, length);
        }

        @Override
        public void endOutput() {
            ended = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private record Ends(List<String> ends) implements TunnelMeter {
        @Override
        public void opened() {}

        @Override
        public void received(int bytes) {}

        @Override
        public void sent(int bytes) {}

        @Override
        public void ended(String end) {
            ends.add(end);
        }
    }
}
