package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.clientSees;
import static dev.pintle.conformance.Expectation.responds;
import static dev.pintle.conformance.RawMessages.get;
import static dev.pintle.conformance.RawMessages.ok;
import static dev.pintle.conformance.RawMessages.request;

import java.util.List;

/**
 * Responses without content, whatever their headers are. After each of them, another request must get its own response.
 */
final class NoContentCases {
    static final List<ConformanceCase> CASES = List.of(
            answer("HEAD with a length", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 200)
                    .expect(clientSees("Content-Length", "5")),
            answer("HEAD with chunks", "HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200),
            answer("HEAD without either", "HEAD", "HTTP/1.1 200 OK\r\n\r\n", 200),
            answer("204", "GET", "HTTP/1.1 204 No Content\r\n\r\n", 204)
                    .expect(clientSees("Transfer-Encoding"), clientSees("Content-Length")),
            answer(
                            "304 with a length",
                            "GET",
                            "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"a\"\r\n\r\n",
                            304)
                    .expect(clientSees("ETag", "\"a\"")),
            answer("304 without a length", "GET", "HTTP/1.1 304 Not Modified\r\n\r\n", 304)
                    .expect(clientSees("Transfer-Encoding")),
            answer("205 with no content", "GET", "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n", 205),
            answer("200 with no content", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200)
                    .expect(clientSees("Content-Length", "0")),
            ConformanceCase.of(
                            "HEAD that is rejected has no content",
                            "RFC 9110 9.3.2",
                            request("HEAD /x/../admin") + get("/y"))
                    .expect(responds(400, 200)),
            ConformanceCase.of(
                            "HEAD of an upstream that breaks off has no content", "RFC 9110 9.3.2", request("HEAD /x"))
                    .withReply(UpstreamReply.last(""))
                    .expect(responds(502)),
            ConformanceCase.of(
                            "HEAD that is malformed has no content",
                            "RFC 9110 9.3.2",
                            request("HEAD /x", "Bad Name: 1"))
                    .expect(responds(400)),
            ConformanceCase.of("204 with a length", "RFC 9110 8.6", get("/x"))
                    .withReply(UpstreamReply.last("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"))
                    .expect(Expectation.respondsWithOneOf(204, 502), clientSees("Transfer-Encoding")),
            ConformanceCase.rejectedReply(
                    "304 with a length", "RFC 9110 8.6", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5x\r\n\r\n"),
            ConformanceCase.of("304 with chunks", "RFC 9112 6.1", get("/x"))
                    .withReply(UpstreamReply.last(
                            "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                    .expect(Expectation.respondsWithOneOf(304, 502)),
            ConformanceCase.passed("a response of unknown length", "RFC 9112 6.3", get("/x"), Expectation.body("hello"))
                    .withReply(UpstreamReply.last(ok("hello"))));

    private NoContentCases() {}

    private static ConformanceCase answer(String name, String method, String reply, int status) {
        return ConformanceCase.of(
                        name,
                        "RFC 9112 6.3",
                        request(method + " /x"),
                        get(RecordingUpstream.INNOCENT + "of-the-same-client"))
                .withReply(UpstreamReply.of(reply))
                .expect(responds(status, 200), Expectation.ONE_REQUEST);
    }
}
