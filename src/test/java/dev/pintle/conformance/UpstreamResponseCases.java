package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.all;
import static dev.pintle.conformance.Expectation.body;
import static dev.pintle.conformance.Expectation.clientSees;
import static dev.pintle.conformance.Expectation.either;
import static dev.pintle.conformance.Expectation.interim;
import static dev.pintle.conformance.Expectation.neverShown;
import static dev.pintle.conformance.Expectation.responds;
import static dev.pintle.conformance.Expectation.respondsWithOneOf;
import static dev.pintle.conformance.RawMessages.get;
import static dev.pintle.conformance.RawMessages.head;
import static dev.pintle.conformance.RawMessages.ok;

import java.util.List;
import java.util.stream.Stream;

/** Invalid and unusual responses of upstreams. */
final class UpstreamResponseCases {
    private static final String CHUNKS = "5\r\nhello\r\n0\r\n\r\n";
    private static final String EVIL = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";

    static final List<ConformanceCase> CASES = Stream.of(framing(), heads(), fields(), interims(), ends(), leftovers())
            .flatMap(List::stream)
            .toList();

    private UpstreamResponseCases() {}

    private static List<ConformanceCase> framing() {
        return List.of(
                framed("lengths that differ", ok("hello", "Content-Length: 5", "Content-Length: 6")),
                framed("a list of lengths that differ", ok("hello", "Content-Length: 5, 6")),
                framed("a sign before the length", ok("hello", "Content-Length: +5")),
                framed("a negative length", ok("hello", "Content-Length: -5")),
                framed("a length that is not a number", ok("hello", "Content-Length: x")),
                framed("a length beyond every limit", ok("hello", "Content-Length: 99999999999999999999")),
                framed("NUL before the length", ok("hello", "Content-Length:\0005")),
                framed("an empty length", ok("hello", "Content-Length:")),
                framed("an unknown coding", ok(CHUNKS, "Transfer-Encoding: cow")),
                framed("chunked not last", ok(CHUNKS, "Transfer-Encoding: chunked, gzip")),
                framed("chunked twice", ok(CHUNKS, "Transfer-Encoding: chunked, chunked")),
                ConformanceCase.of("upstream: a length twice", "RFC 9110 8.6", get("/x"))
                        .withReply(UpstreamReply.last(ok("hello", "Content-Length: 5", "Content-Length: 5")))
                        .expect(either(responds(502), all(responds(200), body("hello")))),
                ConformanceCase.of("upstream: a length and chunks", "RFC 9112 6.3", get("/x"))
                        .withReply(UpstreamReply.last(ok(CHUNKS, "Content-Length: 3", "Transfer-Encoding: chunked")))
                        .expect(either(responds(502), all(responds(200), body("hello")))),
                ConformanceCase.of("upstream: chunks in HTTP/1.0", "RFC 9112 6.1", get("/x"))
                        .withReply(UpstreamReply.last("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS))
                        .expect(either(responds(502), responds(200))),
                ConformanceCase.passed("upstream: chunked in upper case", "RFC 9112 7", get("/x"), body("hello"))
                        .withReply(UpstreamReply.of(ok(CHUNKS, "Transfer-Encoding: CHUNKED"))));
    }

    private static ConformanceCase framed(String name, String reply) {
        return ConformanceCase.rejectedReply("upstream: " + name, "RFC 9112 6.3", reply);
    }

    private static List<ConformanceCase> heads() {
        return List.of(
                headed("a status that is not a number", "HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n"),
                headed("a status of two digits", "HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n"),
                headed("a status of four digits", "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n"),
                headed("a status of 000", "HTTP/1.1 000 OK\r\nContent-Length: 0\r\n\r\n"),
                headed("a status of 099", "HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n"),
                headed("a negative status", "HTTP/1.1 -200 OK\r\nContent-Length: 0\r\n\r\n"),
                headed("no status", "HTTP/1.1\r\nContent-Length: 0\r\n\r\n"),
                headed("no version", "200 OK\r\nContent-Length: 0\r\n\r\n"),
                headed("HTTP/2.0", "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n"),
                headed("another protocol", "ICY 200 OK\r\nContent-Length: 0\r\n\r\n"),
                headed("HTTP/0.9", "<html>hello</html>"),
                headed("bytes of another protocol", "\u0015\u0003\u0001\0\u0002\u0002\n"),
                headed("nothing", ""),
                headed("an empty line", "\r\n\r\n"),
                headed("a head that ends after the status", "HTTP/1.1 200"),
                headed("a head that ends after the status line", "HTTP/1.1 204 No Content\r\n"),
                headed("a head that ends in a name", "HTTP/1.1 200 OK\r\nContent-Le"),
                headed("a head that ends in a length", "HTTP/1.1 200 OK\r\nContent-Length: 0"),
                headed("a head that ends after a header", "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n"),
                headed("a head that ends in the empty line", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r"),
                headed(
                        "the response that another client should have",
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n" + EVIL),
                ConformanceCase.of("a status of 600", "RFC 9110 15", get("/x"))
                        .withReply(UpstreamReply.last("HTTP/1.1 600 X\r\nContent-Length: 0\r\n\r\n"))
                        .expect(respondsWithOneOf(502, 600)),
                ConformanceCase.of("a status that is not known", "RFC 9110 15", get("/x"))
                        .withReply(UpstreamReply.of("HTTP/1.1 299 X\r\nContent-Length: 5\r\n\r\nhello"))
                        .expect(responds(299), body("hello")),
                ConformanceCase.passed("no reason phrase", "RFC 9112 4", get("/x"), body("hello"))
                        .withReply(UpstreamReply.of("HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello")),
                ConformanceCase.passed("no space before the reason phrase", "RFC 9112 4", get("/x"), body("hello"))
                        .withReply(UpstreamReply.of("HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello")),
                ConformanceCase.passed("an odd reason phrase", "RFC 9112 4", get("/x"), body("hello"))
                        .withReply(
                                UpstreamReply.of("HTTP/1.1 200 \t O\u00e9 : <b> \r\nContent-Length: 5\r\n\r\nhello")),
                harmless("NUL in the reason phrase", "HTTP/1.1 200 O\0K\r\nContent-Length: 5\r\n\r\nhello"),
                harmless("a bare CR in the reason phrase", "HTTP/1.1 200 OK\rX-A: 1\r\nContent-Length: 5\r\n\r\nhello"),
                ConformanceCase.passed("a response of HTTP/1.0", "RFC 9112 6.3", get("/x"), body("hello"))
                        .withReply(UpstreamReply.last("HTTP/1.0 200 OK\r\n\r\nhello")),
                ConformanceCase.passed(
                                "a response until the end of the connection", "RFC 9112 6.3", get("/x"), body("hello"))
                        .withReply(UpstreamReply.last(ok("hello"))));
    }

    private static ConformanceCase headed(String name, String reply) {
        return ConformanceCase.rejectedReply("upstream: " + name, "RFC 9112 4", reply);
    }

    private static List<ConformanceCase> fields() {
        return List.of(
                field("NUL in a value", "X-A: a\0b"),
                field("a bare CR in a value", "X-A: a\rX-B: b"),
                field("a bare CR at the end of a value", "X-A: a\r"),
                noField("NUL in a name", "X\0A: 1"),
                noField("a space in a name", "X A: 1"),
                noField("a Latin-1 byte in a name", "X\u00e9: 1"),
                noField("an empty name", ": 1"),
                noField("no colon", "X-A"),
                noField("a space before the colon", "X-A : 1"),
                field("a folded value", "X-A: a\r\n b"),
                field("white space before the first header", " X-A: a"),
                ConformanceCase.passed(
                                "every byte above ASCII in the upstream's header",
                                "RFC 9110 5.5",
                                get("/x"),
                                clientSees("X-A", "\u00e9\u0080\u00ff"))
                        .withReply(UpstreamReply.of(ok("", "X-A: \u00e9\u0080\u00ff", "Content-Length: 0"))),
                ConformanceCase.passed(
                                "Set-Cookie that comes twice",
                                "RFC 9110 5.3",
                                get("/x"),
                                clientSees("Set-Cookie", "a=1", "b=2"))
                        .withReply(UpstreamReply.of(ok("", "Set-Cookie: a=1", "Set-Cookie: b=2", "Content-Length: 0"))),
                ConformanceCase.rejectedReply(
                        "upstream: a header of a megabyte",
                        "RFC 9110 5.4",
                        ok("", "X-A: " + "x".repeat(1 << 20), "Content-Length: 0")),
                ConformanceCase.rejectedReply(
                        "upstream: a hundred thousand headers",
                        "RFC 9110 5.4",
                        ok("", "X-A: x\r\n".repeat(100_000) + "Content-Length: 0")),
                ConformanceCase.rejectedReply(
                        "upstream: a hundred headers of ten kilobytes",
                        "RFC 9110 5.4",
                        ok("", ("X-A: " + "x".repeat(10_000) + "\r\n").repeat(100) + "Content-Length: 0")),
                ConformanceCase.rejectedReply(
                        "upstream: a status line of a megabyte",
                        "RFC 9112 4",
                        "HTTP/1.1 200 " + "x".repeat(1 << 20) + "\r\n\r\n"));
    }

    private static ConformanceCase noField(String name, String field) {
        return ConformanceCase.rejectedReply(
                "upstream: a header with " + name, "RFC 9112 5", ok("hello", field, "Content-Length: 5"));
    }

    private static ConformanceCase field(String name, String field) {
        return harmless("a header with " + name, ok("hello", field, "Content-Length: 5"));
    }

    /** Requires a 502, or a valid response; all cases check responses for violations. */
    private static ConformanceCase harmless(String name, String reply) {
        return ConformanceCase.of("upstream: " + name, "RFC 9112 5", get("/x"))
                .withReply(UpstreamReply.last(reply))
                .expect(respondsWithOneOf(200, 502));
    }

    private static List<ConformanceCase> interims() {
        return List.of(
                ConformanceCase.passed("early hints", "RFC 9110 15.2", get("/x"), interim(103), body("hello"))
                        .withReply(UpstreamReply.of(
                                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + UpstreamReply.HELLO.bytes())),
                ConformanceCase.passed("100 that were not requested", "RFC 9110 15.2", get("/x"), body("hello"))
                        .withReply(UpstreamReply.of("HTTP/1.1 100 Continue\r\n\r\n" + UpstreamReply.HELLO.bytes())),
                ConformanceCase.passed("three interim responses", "RFC 9110 15.2", get("/x"), body("hello"))
                        .withReply(UpstreamReply.of(
                                "HTTP/1.1 102 Processing\r\n\r\n".repeat(3) + UpstreamReply.HELLO.bytes())),
                ConformanceCase.of("ten thousand interim responses", "RFC 9110 15.2", get("/x"))
                        .withReply(UpstreamReply.last(
                                "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(10_000) + UpstreamReply.HELLO.bytes()))
                        .expect(responds(502)),
                ConformanceCase.rejectedReply(
                        "upstream: an interim response and nothing else",
                        "RFC 9110 15.2",
                        "HTTP/1.1 103 Early Hints\r\n\r\n"),
                ConformanceCase.of("a length in an interim response", "RFC 9110 15.2", get("/x"))
                        .withReply(UpstreamReply.last(
                                "HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\n" + UpstreamReply.HELLO.bytes()))
                        .expect(respondsWithOneOf(200, 502)));
    }

    private static List<ConformanceCase> ends() {
        return Stream.of(
                        cut("a body that ends early", ok("hel", "Content-Length: 5")),
                        cut("chunks without the last", chunks("5\r\nhello\r\n")),
                        cut("the end in a chunk", chunks("5\r\nhel")),
                        cut("the end in the line end of a chunk", chunks("5\r\nhello\r")),
                        cut("the end in a chunk size", chunks("5\r\nhello\r\n0")),
                        cut("the end before the last chunk line", chunks("5\r\nhello\r\n0\r\n")),
                        cut("the end in the last chunk line", chunks("5\r\nhello\r\n0\r\n\r")),
                        cut("the end in a trailer", chunks("5\r\nhello\r\n0\r\nA: b")),
                        cut("the end after a trailer", chunks("5\r\nhello\r\n0\r\nA: b\r\n")),
                        cut("a chunk size that is not a number", chunks("5\r\nhello\r\nzz\r\n")),
                        cut("no line end after a chunk", chunks("5\r\nhelloXX0\r\n\r\n")),
                        cut("a chunk size beyond every limit", chunks("fffffffffffffffff\r\nhello\r\n0\r\n\r\n")))
                .flatMap(List::stream)
                .toList();
    }

    private static String chunks(String chunks) {
        return ok(chunks, "Transfer-Encoding: chunked");
    }

    /** Requires that the response never looks complete: 502 before the first byte, a cut-off response afterwards. */
    private static List<ConformanceCase> cut(String name, String reply) {
        return List.of(
                cut(name, reply, get("/x")),
                cut(name + ", for a client that wants to close", reply, get("/x", "Connection: close")),
                cut(name + ", for HTTP/1.0", reply, head("GET /x HTTP/1.0", "Host: h")));
    }

    private static ConformanceCase cut(String name, String reply, String request) {
        return ConformanceCase.of("upstream: " + name, "RFC 9112 8", request)
                .withReply(UpstreamReply.last(reply))
                .expect(either(responds(502), Expectation.CUT));
    }

    private static List<ConformanceCase> leftovers() {
        return List.of(
                leftover("a response after the response", ok("hello", "Content-Length: 5") + EVIL),
                leftover("a response after chunks", ok(CHUNKS, "Transfer-Encoding: chunked") + EVIL),
                leftover("a response after 304", "HTTP/1.1 304 Not Modified\r\n\r\n" + EVIL),
                leftover("a response after 204", "HTTP/1.1 204 No Content\r\n\r\n" + EVIL),
                leftover("a line end after the response", ok("hello", "Content-Length: 5") + "\r\n"),
                ConformanceCase.of(
                                "upstream: a body after the response to HEAD",
                                "RFC 9112 6.3",
                                head("HEAD /x HTTP/1.1", "Host: h"))
                        .withReply(UpstreamReply.of("HTTP/1.1 200 OK\r\nContent-Length: 43\r\n\r\n" + EVIL))
                        .expect(respondsWithOneOf(200, 502)));
    }

    /** Requires that unsolicited bytes on a connection are not used for the next request (RFC 9112 section 9.2). */
    private static ConformanceCase leftover(String name, String reply) {
        return ConformanceCase.of("upstream: " + name, "RFC 9112 9.2", get("/x"), get("/y"))
                .withReply(UpstreamReply.of(reply))
                .expect(neverShown("evil"));
    }
}
