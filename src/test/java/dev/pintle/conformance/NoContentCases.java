package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.answered;
import static dev.pintle.conformance.Expectation.clientSees;
import static dev.pintle.conformance.RawMessages.get;
import static dev.pintle.conformance.RawMessages.ok;
import static dev.pintle.conformance.RawMessages.request;

import java.util.List;

/** Answers that have no content, whatever their fields say. Each is followed by another request, which must get its own answer. */
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
                            "HEAD that is refused has no content",
                            "RFC 9110 9.3.2",
                            request("HEAD /x/../admin") + get("/y"))
                    .expect(answered(400, 200)),
            ConformanceCase.of(
                            "HEAD of an upstream that breaks off has no content", "RFC 9110 9.3.2", request("HEAD /x"))
                    .replied(UpstreamReply.last(""))
                    .expect(answered(502)),
            ConformanceCase.of(
                            "HEAD that is malformed has no content",
                            "RFC 9110 9.3.2",
                            request("HEAD /x", "Bad Name: 1"))
                    .expect(answered(400)),
            ConformanceCase.of("a length of 204", "RFC 9110 8.6", get("/x"))
                    .replied(UpstreamReply.last("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"))
                    .expect(Expectation.answeredOneOf(204, 502), clientSees("Transfer-Encoding")),
            ConformanceCase.disbelieved(
                    "a length of 304 that is none",
                    "RFC 9110 8.6",
                    "HTTP/1.1 304 Not Modified\r\nContent-Length: 5x\r\n\r\n"),
            ConformanceCase.of("chunks of 304", "RFC 9112 6.1", get("/x"))
                    .replied(UpstreamReply.last(
                            "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                    .expect(Expectation.answeredOneOf(304, 502)),
            ConformanceCase.passed("an answer of unknown length", "RFC 9112 6.3", get("/x"), Expectation.body("hello"))
                    .replied(UpstreamReply.last(ok("hello"))));

    private NoContentCases() {}

    private static ConformanceCase answer(String name, String method, String reply, int status) {
        return ConformanceCase.of(
                        name,
                        "RFC 9112 6.3",
                        request(method + " /x"),
                        get(RecordingUpstream.INNOCENT + "of-the-same-client"))
                .replied(UpstreamReply.of(reply))
                .expect(answered(status, 200), Expectation.ONE_REQUEST);
    }
}
