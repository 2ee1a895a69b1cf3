package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.body;
import static dev.pintle.conformance.Expectation.clientSees;
import static dev.pintle.conformance.Expectation.clientSeesOne;
import static dev.pintle.conformance.Expectation.content;
import static dev.pintle.conformance.Expectation.trailers;
import static dev.pintle.conformance.Expectation.upstreamSees;
import static dev.pintle.conformance.RawMessages.chunked;
import static dev.pintle.conformance.RawMessages.get;
import static dev.pintle.conformance.RawMessages.ok;
import static dev.pintle.conformance.RawMessages.post;

import java.util.List;
import java.util.stream.Stream;

/** Hop-by-hop headers in both directions. */
final class ConnectionHeaderCases {
    private static final String SECTION = "RFC 9110 7.6.1";

    static final List<ConformanceCase> CASES =
            Stream.concat(requests(), answers()).toList();

    private ConnectionHeaderCases() {}

    private static Stream<ConformanceCase> requests() {
        return Stream.of(
                ConformanceCase.passed(
                        "a header that Connection names",
                        SECTION,
                        get("/x", "Connection: X-A", "X-A: 1", "X-B: 2"),
                        upstreamSees("X-A"),
                        upstreamSees("X-B", "2")),
                ConformanceCase.passed(
                        "a header that Connection names in another case",
                        SECTION,
                        get("/x", "connection: x-a", "X-A: 1"),
                        upstreamSees("X-A")),
                ConformanceCase.passed(
                        "headers that two Connections name",
                        SECTION,
                        get("/x", "Connection: X-A", "Connection: X-B", "X-A: 1", "X-B: 2"),
                        upstreamSees("X-A"),
                        upstreamSees("X-B")),
                dropped("Keep-Alive", "timeout=5"),
                dropped("Proxy-Connection", "keep-alive"),
                dropped("Proxy-Authorization", "Basic eDp5"),
                dropped("TE", "gzip"),
                unannounced("an upgrade that Connection does not name", "Upgrade: nothing/1"),
                named("X-Forwarded-For", "127.0.0.1"),
                named("X-Forwarded-Host", "h"),
                named("X-Forwarded-Proto", "http"),
                named("Via", "1.1 pintle"),
                ConformanceCase.passed(
                        "Connection cannot remove Host",
                        SECTION,
                        get("/x", "Connection: Host"),
                        upstreamSees("X-Forwarded-Host", "h")),
                ConformanceCase.passed(
                        "Connection cannot remove Content-Length",
                        SECTION,
                        post("Connection: Content-Length", "Content-Length: 5") + "hello",
                        content("hello")),
                ConformanceCase.passed(
                        "Connection cannot remove Transfer-Encoding",
                        SECTION,
                        chunked("5\r\nhello\r\n0\r\n\r\n", "Connection: Transfer-Encoding"),
                        content("hello")),
                ConformanceCase.passed(
                        "Connection cannot remove the trace",
                        SECTION,
                        get(
                                "/x",
                                "Connection: X-Trace-ID, traceparent",
                                "X-Trace-ID: 0123456789abcdef0123456789abcdef"),
                        upstreamSees("X-Trace-ID", "0123456789abcdef0123456789abcdef")),
                ConformanceCase.passed(
                        "trailers are requested by the gateway",
                        "RFC 9110 10.1.4",
                        get("/x", "TE: trailers, gzip", "Connection: TE"),
                        upstreamSees("TE", "trailers")),
                ConformanceCase.passed(
                        "an upgrade that the upstream does not offer",
                        "RFC 9110 7.8",
                        get("/x", "Connection: Upgrade", "Upgrade: nothing/1"),
                        upstreamSees("Upgrade")),
                ConformanceCase.passed(
                        "no upgrade to h2c",
                        "RFC 9113 3.1",
                        get(
                                "/x",
                                "Connection: Upgrade, HTTP2-Settings",
                                "Upgrade: h2c",
                                "HTTP2-Settings: AAMAAABkAAQAAP__"),
                        upstreamSees("Upgrade"),
                        upstreamSees("HTTP2-Settings")),
                unannounced("an upgrade to h2c without its settings", "Upgrade: h2c"),
                ConformanceCase.passed(
                        "a look-alike of X-Forwarded-For",
                        "RFC 9110 17.10",
                        get("/x", "X_Forwarded_For: 6.6.6.6"),
                        upstreamSees("X_Forwarded_For")),
                ConformanceCase.passed(
                        "an empty Connection", SECTION, get("/x", "Connection:"), upstreamSees("Via", "1.1 pintle")),
                ConformanceCase.passed(
                        "commas in Connection",
                        SECTION,
                        get("/x", "Connection: ,, X-A ,", "X-A: 1"),
                        upstreamSees("X-A")));
    }

    private static ConformanceCase dropped(String field, String value) {
        return ConformanceCase.passed(
                field + " is removed", SECTION, get("/x", field + ": " + value), upstreamSees(field));
    }

    /** Rejects or ignores an Upgrade header that Connection does not name. */
    private static ConformanceCase unannounced(String name, String field) {
        return ConformanceCase.of(name, "RFC 9110 7.8", get("/x", field))
                .expect(Expectation.either(
                        Expectation.responds(400),
                        Expectation.all(Expectation.responds(200), upstreamSees("Upgrade"))));
    }

    private static ConformanceCase named(String field, String value) {
        return ConformanceCase.passed(
                "Connection cannot remove " + field,
                SECTION,
                get("/x", "Connection: " + field),
                upstreamSees(field, value));
    }

    private static Stream<ConformanceCase> answers() {
        return Stream.of(
                answer(
                        "a header that the upstream's Connection names",
                        ok("hello", "Connection: X-A", "X-A: 1", "Content-Length: 5"),
                        clientSees("X-A")),
                answer(
                        "the upstream's Keep-Alive",
                        ok("hello", "Keep-Alive: timeout=5", "Content-Length: 5"),
                        clientSees("Keep-Alive")),
                answer(
                        "the upstream's Upgrade",
                        ok("hello", "Upgrade: h2c", "Connection: Upgrade", "Content-Length: 5"),
                        clientSees("Upgrade")),
                answer(
                        "the upstream's Proxy-Connection",
                        ok("hello", "Proxy-Connection: close", "Content-Length: 5"),
                        clientSees("Proxy-Connection")),
                answer(
                        "the upstream cannot remove Content-Length",
                        ok("hello", "Connection: Content-Length", "Content-Length: 5")),
                answer(
                        "the upstream cannot remove the trace",
                        ok("hello", "Connection: X-Trace-ID", "Content-Length: 5"),
                        clientSeesOne("X-Trace-ID")),
                answer(
                        "the upstream cannot remove Via",
                        ok("hello", "Connection: Via", "Content-Length: 5"),
                        clientSees("Via", "1.1 pintle")),
                ConformanceCase.passed(
                                "trailers of the upstream",
                                "RFC 9110 6.5",
                                get("/x", "TE: trailers", "Connection: TE"),
                                body("hello"))
                        .withReply(UpstreamReply.of(ok(
                                "5\r\nhello\r\n0\r\nX-Sum: 42\r\nContent-Length: 9\r\n\r\n",
                                "Transfer-Encoding: chunked")))
                        .expect(outcome ->
                                outcome.finals().getFirst().content().trailers().equals(List.of("X-Sum: 42"))
                                        ? null
                                        : "other trailers"),
                ConformanceCase.passed("trailers that were not requested", "RFC 9110 6.5", get("/x"), body("hello"))
                        .withReply(UpstreamReply.of(
                                ok("5\r\nhello\r\n0\r\nX-Sum: 42\r\n\r\n", "Transfer-Encoding: chunked"))),
                ConformanceCase.passed(
                                "trailers of the client that were not requested",
                                "RFC 9110 6.5",
                                chunked("5\r\nhello\r\n0\r\nX-Sum: 42\r\n\r\n"),
                                content("hello"))
                        .expect(Expectation.either(trailers(), trailers("X-Sum: 42"))));
    }

    private static ConformanceCase answer(String name, String reply, Expectation... further) {
        return ConformanceCase.passed(name, SECTION, get("/x"), body("hello"))
                .withReply(UpstreamReply.of(reply))
                .expect(further);
    }
}
