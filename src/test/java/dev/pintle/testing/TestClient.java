package dev.pintle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The HTTP client that the tests of a JVM share. Thread-safe.
 *
 * <p>A server that stops waits one second for clients with idle connections, so that these are closed first.
 */
final class TestClient {
    private static HttpClient client = HttpClient.newHttpClient();

    private TestClient() {}

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return start(request).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure
                    ? new UncheckedIOException(failure)
                    : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized CompletableFuture<HttpResponse<String>> start(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Closes the idle connections. Requests that are being answered continue. */
    static synchronized void closeIdleConnections() {
        client.shutdown();
        client = HttpClient.newHttpClient();
    }
}
