package dev.pintle.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A response that the upstream cuts off at any byte, in any way, never looks complete to a client. */
class CutResponsesTest {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";

    private static final List<CutMessage> MESSAGES = List.of(
            CutMessage.of("by length", "POST", "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nhello, world"),
            CutMessage.of("empty", "POST", "HTTP/1.1 201 Created\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n"),
            CutMessage.of("chunked", "POST", CHUNKED, "\r\n5\r\nhello\r\n07\r\n, world\r\n0\r\n\r\n"),
            CutMessage.of("trailers", "POST", CHUNKED, "\r\n5;a=\"b\"\r\nhello\r\n00;c\r\nX-Sum: 1\r\nX-B: 2\r\n\r\n"),
            CutMessage.of("until the end", "POST", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello, world")
                    .endingWithConnection(),
            CutMessage.of("HTTP/1.0", "POST", "HTTP/1.0 200 OK\r\nServer: old\r\n\r\nhello")
                    .endingWithConnection(),
            CutMessage.of("204", "POST", "HTTP/1.1 204 No Content\r\nETag: \"a\"\r\n\r\n"),
            CutMessage.of("304", "HEAD", "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\nContent-Length: 12\r\n\r\n"),
            CutMessage.of("HEAD", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 12\r\nX-A: b\r\n\r\n"),
            CutMessage.of(
                    "interim responses",
                    "POST",
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
            CutMessage.of("bare LF", "POST", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"),
            CutMessage.of("an error", "POST", "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nsorry"));

    private static final CutMessage LARGE_HEAD = CutMessage.of(
            "large head",
            "POST",
            "HTTP/1.1 200 OK\r\n",
            "Set-Cookie: a=b\r\n".repeat(60),
            "X-A: " + "a".repeat(3_500) + "\r\nContent-Length: 5\r\n\r\nhello");

    /** Waits long for a connection, because a connect failure of a busy machine counts and is retried. */
    private static final String COUNTING = ", \"circuitBreaker\": {\"consecutiveFailures\": 1000},"
            + " \"timeout\": {\"connect\": \"60s\", \"attempt\": \"60s\", \"total\": \"60s\"}";

    private static final String WHOLE = "/whole";
    private static final Map<String, CutMessage.Cut> CUTS = new ConcurrentHashMap<>();
    private static final Map<String, Integer> SEEN = new ConcurrentHashMap<>();

    private static RawUpstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        upstream = RawUpstream.seenBy(request -> {}, CutResponsesTest::cut);
        gateway = TestGateway.start("logging.loggers.access=OFF");
    }

    @AfterAll
    static void close() {
        gateway.close();
        upstream.close();
    }

    private static void cut(RawUpstream.Connection connection) throws IOException {
        RawUpstream.Request request = connection.request();
        while (request != null && request.target().endsWith(WHOLE)) {
            connection.answer(200, "whole");
            request = connection.request();
        }
        if (request != null) {
            SEEN.merge(request.target(), 1, Integer::sum);
            CutMessage.Cut cut = CUTS.get(request.target());
            connection.write(cut.sent());
            if (cut.end() == CutMessage.End.RST) {
                connection.reset();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noCutOffMessageLooksComplete(ClientProtocol protocol) throws Exception {
        for (CutMessage message : MESSAGES) {
            String route = route(message + "-" + protocol, message.method(), COUNTING);
            List<CutMessage.Cut> cuts = message.cuts().toList();
            assertThat(faults(protocol, route, cuts)).isEmpty();
            // The client detects the cut before the gateway counts it.
            await().untilAsserted(() -> assertThat(failures(route)).as(route).isEqualTo(cuts.size()));
        }
    }

    @Test
    void noCutOffLargeHeadLooksComplete() throws Exception {
        String route = route("large-head", "POST", "");
        List<CutMessage.Cut> cuts =
                LARGE_HEAD.cuts().filter(cut -> cut.end() == CutMessage.End.FIN).toList();
        assertThat(faults(ClientProtocol.HTTP_1_1, route, cuts)).isEmpty();
    }

    @Test
    void noCutOffResponseLooksCompleteOnAReusedConnection() throws Exception {
        String route = route("reused", "POST", "");
        List<CutMessage.Cut> cuts =
                MESSAGES.subList(0, 4).stream().flatMap(CutMessage::cuts).toList();
        List<String> faults = ParallelTrials.faults(cuts, () -> client(ClientProtocol.HTTP_1_1), (client, cut) -> {
            SequentialClient.Response complete = client.send("GET", "/" + route + WHOLE);
            return complete.status() == 200 ? fault(client, cut, route) : "no response: " + complete;
        });
        assertThat(faults).isEmpty();
        assertThat(upstream.connections()).isLessThan(CUTS.size() + 1);
    }

    private static String route(String name, String method, String policies) {
        String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
        // The gateway must send a POST once, although the route retries.
        String retry = ", \"retry\": {\"max\": %d}".formatted(method.equals("POST") ? 2 : 0);
        gateway.route(id, "/" + id, upstream.url(), policies + retry);
        return id;
    }

    private static SequentialClient client(ClientProtocol protocol) {
        return protocol.connect(gateway.port());
    }

    private static List<String> faults(ClientProtocol protocol, String route, List<CutMessage.Cut> cuts)
            throws Exception {
        return ParallelTrials.faults(cuts, () -> client(protocol), (client, cut) -> fault(client, cut, route));
    }

    private static String fault(SequentialClient client, CutMessage.Cut cut, String route) {
        String target = "/" + route + "/" + cut.message().hashCode() + "/" + cut.end() + "/" + cut.offset();
        CUTS.put(target, cut);
        SequentialClient.Response response = client.send(cut.message().method(), target);
        int outcome = SEEN.getOrDefault(target, 0);
        if (response.complete() && response.status() != 502) {
            return cut + ": looks complete: " + response;
        }
        if (response.complete()
                && !cut.message().method().equals("HEAD")
                && !response.body().contains("\"upstream-reset\"")) {
            return cut + ": another code: " + response;
        }
        return outcome == 1 ? null : cut + ": seen " + outcome + " times";
    }

    /** Returns the consecutive failures that the circuit breaker of a route counts. */
    private static int failures(String route) throws IOException {
        JsonNode circuits = new ObjectMapper()
                .readTree(gateway.admin("GET", "/api/v1/circuits", "").body());
        return StreamSupport.stream(circuits.get("circuits").spliterator(), false)
                .filter(circuit -> circuit.get("route").asText().equals(route))
                .findFirst()
                .orElseThrow()
                .get("failures")
                .asInt();
    }
}
