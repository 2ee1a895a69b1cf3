package dev.pintle.upstream.fetch;

import dev.pintle.http.Body;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Headers;
import dev.pintle.http.TunnelResponse;
import dev.pintle.time.Stopwatch;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.target.InternalExchange;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.Timeouts;
import dev.pintle.upstream.target.UpstreamClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Fetches small documents, such as the keys of an identity provider, over the connections of upstreams: the egress policy
 * holds for them. Redirects are not followed. Thread-safe.
 */
public final class DocumentFetcher {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 1 << 20;
    private static final Headers HEADERS = Headers.of("User-Agent", "pintle", "Accept", "application/json, */*;q=0.5");

    private final UpstreamClient client;
    private final Ticker ticker;
    private final RandomGenerator random;

    public DocumentFetcher(UpstreamClient client, Ticker ticker, RandomGenerator random) {
        this.client = client;
        this.ticker = ticker;
        this.random = random;
    }

    /**
     * Fetches a document of 1 MiB at most, within 5 s.
     *
     * @throws IOException when the answer is not 200, too long or too slow; the message names the URL
     */
    public byte[] fetch(String url) throws IOException {
        int path = url.indexOf('/', url.indexOf("://") + 3);
        String base = path < 0 ? url : url.substring(0, path);
        Stopwatch stopwatch = new Stopwatch(ticker);
        GatewayRequest request =
                new GatewayRequest("GET", "http", "", path < 0 ? "/" : url.substring(path), null, HEADERS, Body.EMPTY);
        try (Body body = send(Target.of(base, 1), request)) {
            return read(body.stream(), stopwatch);
        } catch (ExchangeException | IOException | IllegalArgumentException e) {
            throw new IOException(url + ": " + e.getMessage(), e);
        }
    }

    private Body send(Target target, GatewayRequest request) throws IOException {
        GatewayResponse response = client.send(
                target, InternalExchange.of(request, TIMEOUT, ticker, random), new Timeouts(TIMEOUT, TIMEOUT, TIMEOUT));
        switch (response) {
            case FinalResponse found
            when found.status() == 200 -> {
                return found.body();
            }
            case FinalResponse other -> other.body().close();
            case TunnelResponse tunnel -> tunnel.upstream().close();
        }
        throw new IOException("the answer is " + response.status());
    }

    private static byte[] read(InputStream stream, Stopwatch stopwatch) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 13];
        for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
            content.write(buffer, 0, length);
            if (content.size() > MAX_BYTES) {
                throw new IOException("the answer is longer than " + MAX_BYTES + " bytes");
            }
            if (stopwatch.nanos() > TIMEOUT.toNanos()) {
                throw new IOException("the answer takes longer than " + TIMEOUT.toSeconds() + " s");
            }
        }
        return content.toByteArray();
    }
}
