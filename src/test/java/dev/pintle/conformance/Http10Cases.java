package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.body;
import static dev.pintle.conformance.Expectation.clientSees;
import static dev.pintle.conformance.Expectation.content;
import static dev.pintle.conformance.Expectation.interim;
import static dev.pintle.conformance.Expectation.line;
import static dev.pintle.conformance.Expectation.responds;
import static dev.pintle.conformance.Expectation.upstreamSees;
import static dev.pintle.conformance.RawMessages.get;
import static dev.pintle.conformance.RawMessages.head;
import static dev.pintle.conformance.RawMessages.ok;

import java.util.List;

/** HTTP/1.0 clients. */
final class Http10Cases {
    private static final String GET = head("GET /x HTTP/1.0", "Host: h");
    private static final String KEPT_ALIVE = head("GET /x HTTP/1.0", "Host: h", "Connection: keep-alive");
    private static final UpstreamReply CHUNKS =
            UpstreamReply.of(ok("5\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: chunked"));

    static final List<ConformanceCase> CASES = List.of(
            ConformanceCase.passed("HTTP/1.0", "RFC 9110 6.2", GET, line("GET /x HTTP/1.1"), body("hello")),
            ConformanceCase.passed("HTTP/1.0 without Host", "RFC 9112 3.2", head("GET /x HTTP/1.0")),
            ConformanceCase.passed(
                    "content from HTTP/1.0",
                    "RFC 9112 6.3",
                    head("POST /x HTTP/1.0", "Host: h", "Content-Length: 5") + "hello",
                    content("hello")),
            ConformanceCase.passed("HTTP/1.0 appears in Via", "RFC 9110 7.6.3", GET, upstreamSees("Via", "1.0 pintle")),
            ConformanceCase.of("no request is read after HTTP/1.0", "RFC 9112 9.3", GET + get("/x"))
                    .expect(responds(200), Expectation.ONE_REQUEST),
            ConformanceCase.of("HTTP/1.0 that requests a persistent connection", "RFC 9112 C.2.2", KEPT_ALIVE + GET)
                    .expect(Expectation.either(responds(200), responds(200, 200))),
            ConformanceCase.passed(
                            "no chunks for HTTP/1.0",
                            "RFC 9112 6.1",
                            GET,
                            clientSees("Transfer-Encoding"),
                            body("hello"))
                    .withReply(CHUNKS),
            ConformanceCase.passed(
                            "no chunks for HTTP/1.0 with a persistent connection",
                            "RFC 9112 6.1",
                            KEPT_ALIVE,
                            clientSees("Transfer-Encoding"),
                            body("hello"))
                    .withReply(CHUNKS),
            ConformanceCase.passed("no interim response for HTTP/1.0", "RFC 9110 15.2", GET, interim(), body("hello"))
                    .withReply(UpstreamReply.of(
                            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + UpstreamReply.HELLO.bytes())),
            ConformanceCase.passed(
                    "no 100 Continue for HTTP/1.0",
                    "RFC 9110 10.1.1",
                    head("POST /x HTTP/1.0", "Host: h", "Expect: 100-continue", "Content-Length: 5") + "hello",
                    interim(),
                    upstreamSees("Expect"),
                    content("hello")));

    private Http10Cases() {}
}
