package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message stays one message: neither side can move its end or hide a second one in it. */
class FramingTest {
    private static final String HIDDEN = "GET /x/hidden HTTP/1.1\r\nHost: h\r\n\r\n";
    private static TestGateway gateway;

    private final RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void route() {
        gateway.route("x", "/x", upstream.url(), ", \"retry\": {\"max\": 0}");
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private static String answer(String request) {
        try (RawClient client = gateway.connect()) {
            return client.send(request).rest();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 100_000})
    void connectionCannotRemoveTheLength(int length) {
        String body = HIDDEN + "x".repeat(length - HIDDEN.length());
        String answer = answer("POST /x HTTP/1.1\r\nHost: h\r\nConnection: close, Content-Length\r\nContent-Length: "
                + length + "\r\n\r\n" + body);
        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(upstream.requests()).hasSize(1);
        assertThat(upstream.requests().getFirst().body()).isEqualTo(body);
    }

    @Test
    void connectionCannotRemoveTheLengthOfALaterBody() {
        try (RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nConnection: Content-Length\r\nContent-Length: "
                    + HIDDEN.length() + "\r\n\r\n");
            await().until(() -> upstream.open() == 1);
            client.send(HIDDEN);
            assertThat(client.until("hello")).startsWith("HTTP/1.1 200");
            assertThat(upstream.requests())
                    .extracting(RawUpstream.Request::body)
                    .containsExactly(HIDDEN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
    void anUnreadBodyIsNotParsedAsRequest(String expect) {
        String head =
                "POST /nowhere HTTP/1.1\r\nHost: h\r\n" + expect + "Content-Length: " + HIDDEN.length() + "\r\n\r\n";
        try (RawClient client = gateway.connect()) {
            client.send(head);
            assertThat(client.head()).startsWith("HTTP/1.1 404").contains("\r\nConnection: close\r\n");
            client.sendIfOpen(HIDDEN + "GET /nowhere HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(client.rest()).doesNotContain("hello");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void theRestOfABodyAfterAnEarlyResponseIsNotParsedAsRequest() {
        upstream.now(connection -> {
            connection.head();
            connection.write("HTTP/1.1 413 Large\r\nContent-Length: 0\r\n\r\n");
            connection.linger();
        });
        try (RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 413").contains("\r\nConnection: close\r\n");
            upstream.now(RawUpstream.answers(200, "hello"));
            client.sendIfOpen(HIDDEN);
            assertThat(client.rest()).doesNotContain("hello");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"})
    void theConnectionPersistsAfterAnUnreadBodyThatHasArrived(String rest) {
        try (RawClient client = gateway.connect()) {
            client.send("POST /nowhere HTTP/1.1\r\nHost: h\r\n" + rest + "GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 404").doesNotContain("Connection: close");
            assertThat(client.until("hello")).contains("HTTP/1.1 200");
        }
    }

    @Test
    void trailersThatAffectTheMessageAreRemoved() {
        CompletableFuture<String> sent = new CompletableFuture<>();
        upstream.now(connection -> {
            connection.head();
            sent.complete(connection.until("0\r\n") + connection.until("\r\n\r\n"));
            connection.write("""
                    HTTP/1.1 200 OK
                    Transfer-Encoding: chunked

                    5
                    hello
                    0
                    X-Sum: 42
                    Content-Length: 9
                    Set-Cookie: a=b

                    """.replace("\n", "\r\n"));
        });
        String answer = answer("""
                POST /x HTTP/1.1
                Host: h
                Connection: close
                TE: trailers
                Transfer-Encoding: chunked

                5
                hello
                0
                X-Sum: 1
                Content-Length: 5
                Host: evil
                X-Forwarded-For: 6.6.6.6
                X_Forwarded_For: 6.6.6.6
                Authorization: x

                """.replace("\n", "\r\n"));
        assertThat(sent.join()).isEqualTo("5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n");
        assertThat(answer).endsWith("hello\r\n0\r\nX-Sum: 42\r\n\r\n");
    }

    @Test
    void connectIsRejected() {
        gateway.route("all", "/", upstream.url());
        try (RawClient client = gateway.connect()) {
            client.send("CONNECT example.com:80 HTTP/1.1\r\nHost: example.com:80\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 501");
            assertThat(client.until("}")).contains("\"code\":\"unsupported\"");
        }
        assertThat(upstream.connections()).isZero();
        gateway.admin("DELETE", "/api/v1/routes/all", "");
    }
}
