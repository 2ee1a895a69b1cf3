package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.clientSeesOne;
import static dev.pintle.conformance.Expectation.either;
import static dev.pintle.conformance.Expectation.line;
import static dev.pintle.conformance.Expectation.responds;
import static dev.pintle.conformance.Expectation.respondsWithOneOf;
import static dev.pintle.conformance.Expectation.upstreamSees;
import static dev.pintle.conformance.RawMessages.SMUGGLED;
import static dev.pintle.conformance.RawMessages.get;
import static dev.pintle.conformance.RawMessages.head;

import java.util.List;

/** The four forms of a request target, and texts that have none of them. */
final class TargetFormCases {
    static final List<ConformanceCase> CASES = cases();

    private TargetFormCases() {}

    private static List<ConformanceCase> cases() {
        return List.of(
                ConformanceCase.passed(
                        "absolute form",
                        "RFC 9112 3.2.2",
                        lined("GET http://h/x?y=z HTTP/1.1"),
                        line("GET /x?y=z HTTP/1.1")),
                ConformanceCase.passed(
                        "absolute form without a path",
                        "RFC 9112 3.2.1",
                        lined("GET http://h HTTP/1.1"),
                        line("GET / HTTP/1.1")),
                ConformanceCase.passed(
                        "Host against absolute form",
                        "RFC 9112 3.2.2",
                        head("GET http://real.example/x HTTP/1.1", "Host: other.example"),
                        upstreamSees("X-Forwarded-Host", "real.example")),
                bad("absolute form without a host", "GET http:///x HTTP/1.1"),
                bad("absolute form with only a port", "GET http://:80/x HTTP/1.1"),
                bad("absolute form with only a query", "GET http://?x HTTP/1.1"),
                bad("absolute form with a port above 65535", "GET http://h:99999/x HTTP/1.1"),
                ConformanceCase.passed(
                        "absolute form with an empty port",
                        "RFC 3986 3.2.3",
                        lined("GET http://h:/x HTTP/1.1"),
                        line("GET /x HTTP/1.1"),
                        upstreamSees("X-Forwarded-Host", "h")),
                ConformanceCase.of(
                                "absolute form with user information",
                                "RFC 9110 4.2.4",
                                head("GET http://h@evil/x HTTP/1.1", "Host: h"))
                        .expect(either(responds(400), upstreamSees("X-Forwarded-Host", "evil"))),
                ConformanceCase.of("absolute form with another scheme", "RFC 9110 7.4", lined("GET ftp://h/x HTTP/1.1"))
                        .expect(either(respondsWithOneOf(400, 404, 421), line("GET /x HTTP/1.1"))),
                ConformanceCase.passed(
                        "absolute form with a scheme in upper case",
                        "RFC 3986 3.1",
                        lined("GET HTTP://h/x HTTP/1.1"),
                        line("GET /x HTTP/1.1")),
                ConformanceCase.passed(
                        "absolute form without a path, with a query",
                        "RFC 9112 3.2.1",
                        lined("GET http://h?x=y HTTP/1.1"),
                        line("GET /?x=y HTTP/1.1")),
                ConformanceCase.refused(
                        "absolute form without a Host header", "RFC 9112 3.2", 400, head("GET http://h/x HTTP/1.1")),
                ConformanceCase.refused(
                        "absolute form with an invalid Host header",
                        "RFC 9112 3.2",
                        400,
                        head("GET http://h/x HTTP/1.1", "Host: h h")),
                ConformanceCase.refused(
                        "absolute form with two Host headers",
                        "RFC 9112 3.2",
                        400,
                        head("GET http://h/x HTTP/1.1", "Host: h", "Host: i")),
                ConformanceCase.of(
                                "absolute form without a path, with OPTIONS",
                                "RFC 9112 3.2.4",
                                lined("OPTIONS http://h HTTP/1.1"))
                        .expect(respondsWithOneOf(200, 204)),
                bad("absolute form with one slash", "GET http:/x HTTP/1.1"),
                bad("absolute form without slashes", "GET http:x HTTP/1.1"),
                bad("a scheme alone", "GET http: HTTP/1.1"),
                bad("absolute form with a space in the host", "GET http://h h/x HTTP/1.1"),
                bad("absolute form with a backslash", "GET http:\\\\h\\x HTTP/1.1"),
                bad("a relative target", "GET ./x HTTP/1.1"),
                bad("a target above the root", "GET ../x HTTP/1.1"),
                bad("a target that begins with an encoded slash", "GET %2Fx HTTP/1.1"),
                bad("a target that begins with a backslash", "GET \\x HTTP/1.1"),
                bad("a target of a query", "GET ?x HTTP/1.1"),
                bad("a target of a fragment", "GET #x HTTP/1.1"),
                bad("asterisk form with a query", "OPTIONS *?x HTTP/1.1"),
                bad("asterisk form with a path", "OPTIONS */x HTTP/1.1"),
                bad("asterisk form with HEAD", "HEAD * HTTP/1.1"),
                ConformanceCase.passed("an asterisk as a path", "RFC 9112 3.2.1", get("/*"), line("GET /* HTTP/1.1")),
                connect("without a port", "example.com"),
                connect("with an empty port", "example.com:"),
                connect("with a path", "/x"),
                connect("with absolute form", "http://h/x"),
                connect("with an asterisk", "*"),
                bad("authority form with GET", "GET h:80 HTTP/1.1"),
                bad("a target without a slash", "GET x HTTP/1.1"),
                ConformanceCase.of("asterisk form with GET", "RFC 9112 3.2.4", lined("GET * HTTP/1.1"))
                        .expect(responds(400), Expectation.NOTHING_WHOLE),
                ConformanceCase.of("asterisk form with OPTIONS", "RFC 9110 9.3.7", lined("OPTIONS * HTTP/1.1"))
                        .expect(responds(204), clientSeesOne("Allow"), Expectation.NOTHING_WHOLE),
                ConformanceCase.of(
                                "asterisk form with OPTIONS and a body",
                                "RFC 9110 9.3.7",
                                head("OPTIONS * HTTP/1.1", "Host: h", "Content-Length: 2") + "hi" + get("/x"))
                        .expect(responds(204, 200), Expectation.ONE_REQUEST),
                bad("asterisk form with another asterisk", "OPTIONS ** HTTP/1.1"),
                ConformanceCase.of("an empty query", "RFC 3986 3.4", get("/x?"))
                        .expect(responds(200), line("GET /x? HTTP/1.1")),
                ConformanceCase.passed(
                        "a query that looks like a path",
                        "RFC 3986 3.4",
                        get("/x?/../y?z=//"),
                        line("GET /x?/../y?z=// HTTP/1.1")),
                ConformanceCase.passed(
                        "an encoded ampersand in a query",
                        "RFC 3986 2.2",
                        get("/x?a=b%26c"),
                        line("GET /x?a=b%26c HTTP/1.1")),
                ConformanceCase.passed(
                        "a percent-encoding in lower case",
                        "RFC 3986 2.1",
                        get("/x?a=%c3%a9"),
                        line("GET /x?a=%c3%a9 HTTP/1.1")),
                ConformanceCase.of(
                                "a percent sign that begins no encoding, in a query", "RFC 3986 2.1", get("/x?a=%zz"))
                        .expect(either(responds(400), line("GET /x?a=%zz HTTP/1.1"))));
    }

    private static String lined(String line) {
        return head(line, "Host: h");
    }

    private static ConformanceCase bad(String name, String line) {
        return ConformanceCase.refused(name, "RFC 9112 3.2", 400, lined(line));
    }

    private static ConformanceCase connect(String name, String target) {
        return ConformanceCase.of(
                        "CONNECT " + name, "RFC 9110 9.3.6", lined("CONNECT " + target + " HTTP/1.1") + SMUGGLED)
                .expect(respondsWithOneOf(400, 405, 501), Expectation.NOTHING_WHOLE);
    }
}
