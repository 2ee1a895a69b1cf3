package dev.pintle.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.pintle.sync.ReceivedSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerClientTest {
    private static final String TOKEN = "the-admin-token-of-the-cluster";

    private final PeerKey key = new PeerKey(TOKEN, new SecureRandom());
    private final AtomicReference<String> seen = new AtomicReference<>("");
    private final AtomicReference<String> replayed = new AtomicReference<>();
    private SnapshotOffer offer = new SnapshotOffer(key, () -> Optional.of("the snapshot"));
    private boolean isProven = true;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/peer/snapshot", exchange -> {
            seen.set(exchange.getRequestHeaders().getFirst("Authorization"));
            String answered = replayed.get() == null ? seen.get() : replayed.get();
            int status = 200;
            byte[] body = {};
            try {
                SnapshotOffer.Sealed sealed = offer.sealed(answered).orElseThrow();
                body = sealed.content();
                exchange.getResponseHeaders().set(SnapshotOffer.PROOF, isProven ? sealed.proof() : "x");
            } catch (SecurityException e) {
                status = 401;
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aPeerWithTheSameTokenSendsItsSnapshotAndTheTokenStaysHome() {
        String peer = "127.0.0.1:" + server.getAddress().getPort();
        assertThat(receive(key)).containsExactly(new ReceivedSnapshot(peer, "the snapshot"));
        assertThat(seen.get()).startsWith("Pintle-Peer ").doesNotContain(TOKEN);
    }

    @Test
    void aPeerWithAnotherTokenGetsNothing() {
        assertThat(receive(new PeerKey("another-admin-token-altogether", new SecureRandom())))
                .isEmpty();
        assertThatThrownBy(() -> offer.sealed(seen.get())).isInstanceOf(SecurityException.class);
    }

    @Test
    void aPeerWithAnotherTokenCannotSendAConfiguration() {
        PeerKey rogue = new PeerKey("another-admin-token-altogether", new SecureRandom());
        String nonce = rogue.nonce();
        offer = new SnapshotOffer(rogue, () -> Optional.of("evil"));
        replayed.set("Pintle-Peer " + nonce + '.' + rogue.proof(nonce));
        assertThat(receive(key)).isEmpty();
    }

    @Test
    void theAnswerToAnotherRequestIsRefused() {
        String nonce = key.nonce();
        replayed.set("Pintle-Peer " + nonce + '.' + key.proof(nonce));
        assertThat(receive(key)).isEmpty();
    }

    @Test
    void anAnswerWhoseHeadDoesNotProveTheTokenIsNotRead() {
        isProven = false;
        assertThat(receive(key)).isEmpty();
    }

    @Test
    void answersThatDoNotFitIntoMemoryTogetherTakeTurns() {
        String large = "x".repeat(600);
        offer = new SnapshotOffer(key, () -> Optional.of(large));
        assertThat(receive(key, 1_000, "127.0.0.1", "localhost"))
                .extracting(ReceivedSnapshot::text)
                .containsExactly(large, large);
        assertThat(receive(key, 600, "127.0.0.1"))
                .as("the encrypted answer is longer")
                .isEmpty();
    }

    @Test
    void unreachablePeersAreLeftOut() {
        int port = server.getAddress().getPort();
        server.stop(0);
        List<ReceivedSnapshot> received = new ArrayList<>();
        new PeerClient(
                        List.of(
                                PeerAddress.parse("127.0.0.1:" + port),
                                PeerAddress.parse("dns:no.such.name.invalid:" + port)),
                        key)
                .receive(received::add);
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "node", "node:0", "node:65536", "http://node:1", "dns:node", "node:1/x"})
    void aPeerIsAHostAndAPort(String text) {
        assertThatThrownBy(() -> PeerAddress.parse(text)).hasMessageContaining("host:port");
    }

    private List<ReceivedSnapshot> receive(PeerKey own) {
        return receive(own, 1_000, "127.0.0.1");
    }

    private List<ReceivedSnapshot> receive(PeerKey own, int maxBytes, String... hosts) {
        List<PeerAddress> peers = Arrays.stream(hosts)
                .map(host -> PeerAddress.parse(host + ':' + server.getAddress().getPort()))
                .toList();
        List<ReceivedSnapshot> received = new ArrayList<>();
        new PeerClient(peers, own, maxBytes).receive(received::add);
        return received;
    }
}
