package dev.pintle.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestIssuer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An ordinary exchange allocates little memory. Unlike its time, this is the same on a busy machine. */
class AllocationTest {
    /** The whole gateway, client and upstream. Code that is not fully optimized, as in tests, allocates twice as much. */
    private static final long MAX_BYTES = 44 << 10;

    /**
     * It is about 115, and 155 when the compiler has optimized one kind of request less. A header cache that each request
     * fills makes it 300.
     */
    private static final int MAX_PERCENT = 200;

    private static final String LIMITED = """
            , "authentication": {"anyOf": ["%s"]},
            "rateLimits": [{"requests": 1000000000, "per": "1m", "key": "client"}]""";

    private static final int WARM_UP = 1_000;
    /** The compiler works beside the first rounds; the cheapest round counts. */
    private static final int ROUNDS = 4;

    private static final int REQUESTS = 500;
    private static final byte[] RESPONSE = ("HTTP/1.1 200 OK\r\nServer: s\r\nContent-Type: text/plain\r\n"
                    + "Content-Length: 200\r\n\r\n" + "x".repeat(199) + "$")
            .getBytes(ISO_8859_1);

    private final byte[] buffer = new byte[8 << 10];

    @Test
    void aSmallGetAllocatesLittleAndATokenOrAKeyWithALimitLittleMore() throws Exception {
        try (TestGateway gateway = TestGateway.start();
                TestIssuer issuer = new TestIssuer();
                ServerSocket upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Socket client = new Socket()) {
            Thread.ofPlatform().daemon().start(() -> serve(upstream));
            String target = "http://127.0.0.1:" + upstream.getLocalPort();
            gateway.admin("PUT", "/api/v1/identity-providers/main", "{\"issuer\": \"" + issuer.url() + "\"}");
            gateway.admin("PUT", "/api/v1/consumers/acme", "{}");
            String key = new ObjectMapper()
                    .readTree(gateway.admin("POST", "/api/v1/consumers/acme/keys", "{}")
                            .body())
                    .path("key")
                    .asText();
            gateway.route("small", "/small", target);
            gateway.route("tokens", "/tokens", target, LIMITED.formatted("jwt:main"));
            gateway.route("keys", "/keys", target, LIMITED.formatted("apiKey"));
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
            List<byte[]> requests = List.of(
                    request("/small", ""),
                    request("/tokens", "Authorization: Bearer " + issuer.token() + "\r\n"),
                    request("/keys", "X-API-Key: " + key + "\r\n"));
            for (byte[] request : requests) {
                send(client, request, WARM_UP);
            }

            List<Long> bytes = new ArrayList<>(Collections.nCopies(requests.size(), Long.MAX_VALUE));
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < requests.size(); i++) {
                    long before = allocated();
                    send(client, requests.get(i), REQUESTS);
                    bytes.set(i, Math.min(bytes.get(i), (allocated() - before) / REQUESTS));
                }
            }

            long plain = bytes.getFirst();
            assertThat(plain).isLessThan(MAX_BYTES);
            assertThat(bytes)
                    .as("without identity, with a token, with a key")
                    .allMatch(one -> one < plain * MAX_PERCENT / 100);
        }
    }

    private static byte[] request(String path, String header) {
        return ("GET " + path + " HTTP/1.1\r\nHost: a\r\nUser-Agent: t\r\n" + header + "\r\n").getBytes(ISO_8859_1);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    private void send(Socket client, byte[] request, int requests) throws IOException {
        for (int i = 0; i < requests; i++) {
            client.getOutputStream().write(request);
            readUntil(client.getInputStream(), buffer, '$');
        }
    }

    /** Answers all requests of one connection after the other, without allocating. */
    private static void serve(ServerSocket upstream) {
        byte[] request = new byte[8 << 10];
        while (!upstream.isClosed()) {
            try (Socket connection = upstream.accept()) {
                while (true) {
                    readUntil(connection.getInputStream(), request, '\n');
                    connection.getOutputStream().write(RESPONSE);
                }
            } catch (IOException e) {
                // The gateway closed the connection, or the test ended.
            }
        }
    }

    private static void readUntil(InputStream in, byte[] buffer, char end) throws IOException {
        int read = in.read(buffer);
        while (read > 0 && buffer[read - 1] != end) {
            read = in.read(buffer);
        }
        if (read < 0) {
            throw new EOFException("the connection ended");
        }
    }
}
