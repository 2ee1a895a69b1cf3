package dev.pintle.peer;

import dev.pintle.sync.PeerSnapshots;
import dev.pintle.sync.ReceivedSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the peers of a starting node for their snapshots, all at once. */
public final class PeerClient implements PeerSnapshots {
    private static final Logger LOG = LoggerFactory.getLogger(PeerClient.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration TOTAL = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 64 << 20;
    private static final int MAX_PEERS = 32;

    private final List<PeerAddress> peers;
    private final PeerKey key;

    public PeerClient(List<PeerAddress> peers, PeerKey key) {
        this.peers = List.copyOf(peers);
        this.key = key;
    }

    @Override
    public List<ReceivedSnapshot> receive() {
        List<String> authorities = peers.stream()
                .flatMap(PeerAddress::authorities)
                .distinct()
                .limit(MAX_PEERS)
                .toList();
        if (authorities.isEmpty()) {
            return List.of();
        }
        try (HttpClient client = HttpClient.newBuilder()
                        .connectTimeout(CONNECT)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<ReceivedSnapshot> received = received(
                    authorities,
                    threads.invokeAll(
                            authorities.stream()
                                    .map(peer -> (java.util.concurrent.Callable<String>) () -> snapshot(client, peer))
                                    .toList(),
                            TOTAL.toMillis(),
                            TimeUnit.MILLISECONDS));
            client.shutdownNow();
            return received;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static List<ReceivedSnapshot> received(List<String> authorities, List<Future<String>> answers)
            throws InterruptedException {
        List<ReceivedSnapshot> received = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            String peer = authorities.get(i);
            try {
                received.add(new ReceivedSnapshot(peer, answers.get(i).get()));
            } catch (CancellationException e) {
                LOG.warn("Peer {} sent no snapshot: no answer within {} s.", peer, TOTAL.toSeconds());
            } catch (ExecutionException e) {
                LOG.warn("Peer {} sent no snapshot: {}.", peer, reason(e.getCause()));
            }
        }
        return received;
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "unknown";
        }
        return cause instanceof java.net.ConnectException
                ? "it does not accept connections on this port"
                : String.valueOf(cause.getMessage());
    }

    private String snapshot(HttpClient client, String peer)
            throws IOException, InterruptedException, GeneralSecurityException {
        String nonce = key.nonce();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + peer + '/' + SnapshotOffer.PATH))
                .header("Authorization", SnapshotOffer.SCHEME + nonce + '.' + key.proof(nonce))
                .timeout(TOTAL)
                .build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status != 200) {
                throw new IOException(refusal(status));
            }
            byte[] sealed = body.readNBytes(MAX_BYTES + 1);
            if (sealed.length > MAX_BYTES) {
                throw new IOException("its snapshot exceeds " + MAX_BYTES + " bytes");
            }
            return new String(opened(nonce, sealed), StandardCharsets.UTF_8);
        }
    }

    private static String refusal(int status) {
        return switch (status) {
            case 401 -> "it has another admin token; set the same PINTLE_ADMIN_TOKEN on every node";
            case 404 -> "it has no configuration, or another version of Pintle";
            default -> "it answered " + status;
        };
    }

    private byte[] opened(String nonce, byte[] sealed) throws IOException, GeneralSecurityException {
        try {
            return key.open(nonce, sealed);
        } catch (javax.crypto.AEADBadTagException e) {
            throw new IOException("its answer was not encrypted with the admin token of this node", e);
        }
    }
}
