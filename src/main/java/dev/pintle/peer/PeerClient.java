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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the peers of a starting node for their snapshots, all at once. It reads the body of an answer only if its head proves the admin
 * token. The bodies in memory have a bound together.
 */
public final class PeerClient implements PeerSnapshots {
    private static final Logger LOG = LoggerFactory.getLogger(PeerClient.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration TOTAL = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 64 << 20;
    private static final int MAX_PEERS = 32;

    private final List<PeerAddress> peers;
    private final PeerKey key;
    private final int maxBytes;
    private final Semaphore memory;

    public PeerClient(List<PeerAddress> peers, PeerKey key) {
        this(peers, key, MAX_BYTES);
    }

    /** @param maxBytes of one answer, and of all answers that are in memory together */
    PeerClient(List<PeerAddress> peers, PeerKey key, int maxBytes) {
        this.peers = List.copyOf(peers);
        this.key = key;
        this.maxBytes = maxBytes;
        this.memory = new Semaphore(maxBytes);
    }

    @Override
    public void receive(Consumer<ReceivedSnapshot> received) {
        List<String> authorities = peers.stream()
                .flatMap(PeerAddress::authorities)
                .distinct()
                .limit(MAX_PEERS)
                .toList();
        if (authorities.isEmpty()) {
            return;
        }
        try (HttpClient client = HttpClient.newBuilder()
                        .connectTimeout(CONNECT)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // The key takes long on a busy machine. That must not use up the time of the peers.
            key.derive();
            List<Callable<Void>> calls = authorities.stream()
                    .map(peer -> (Callable<Void>) () -> {
                        receive(client, peer, received);
                        return null;
                    })
                    .toList();
            log(authorities, threads.invokeAll(calls, TOTAL.toMillis(), TimeUnit.MILLISECONDS));
            client.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void log(List<String> authorities, List<Future<Void>> answers) throws InterruptedException {
        for (int i = 0; i < answers.size(); i++) {
            String peer = authorities.get(i);
            try {
                answers.get(i).get();
            } catch (CancellationException e) {
                LOG.warn("Peer {} sent no snapshot: no answer within {} s.", peer, TOTAL.toSeconds());
            } catch (ExecutionException e) {
                LOG.warn("Peer {} sent no snapshot: {}.", peer, reason(e.getCause()));
            }
        }
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "unknown";
        }
        return cause instanceof java.net.ConnectException
                ? "it does not accept connections on this port"
                : String.valueOf(cause.getMessage());
    }

    private void receive(HttpClient client, String peer, Consumer<ReceivedSnapshot> received)
            throws IOException, InterruptedException, GeneralSecurityException {
        String nonce = key.nonce();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + peer + '/' + SnapshotOffer.PATH))
                .header("Authorization", SnapshotOffer.SCHEME + nonce + '.' + key.proof(nonce))
                .timeout(TOTAL)
                .build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            int length = length(response, nonce);
            memory.acquire(length);
            try {
                String text = new String(opened(nonce, body.readNBytes(length)), StandardCharsets.UTF_8);
                synchronized (received) {
                    received.accept(new ReceivedSnapshot(peer, text));
                }
            } finally {
                memory.release(length);
            }
        }
    }

    /** Returns the length of an authenticated answer. */
    private int length(HttpResponse<?> response, String nonce) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException(refusal(response.statusCode()));
        }
        String proof = response.headers().firstValue(SnapshotOffer.PROOF).orElse("");
        if (!key.answerProves(nonce, proof)) {
            throw new IOException(
                    "its answer does not prove the admin token of this node, or it has another version of Pintle");
        }
        long length = response.headers().firstValueAsLong("Content-Length").orElse(Long.MAX_VALUE);
        if (length > maxBytes) {
            throw new IOException("its snapshot exceeds " + maxBytes + " bytes");
        }
        return (int) length;
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
