package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.clientSeesOne;
import static dev.pintle.conformance.Expectation.either;
import static dev.pintle.conformance.Expectation.line;
import static dev.pintle.conformance.Expectation.responds;
import static dev.pintle.conformance.Expectation.respondsFirst;
import static dev.pintle.conformance.Expectation.respondsWithOneOf;
import static dev.pintle.conformance.Expectation.upstreamSees;
import static dev.pintle.conformance.RawMessages.SMUGGLED;
import static dev.pintle.conformance.RawMessages.get;
import static dev.pintle.conformance.RawMessages.head;

import java.util.List;
import java.util.stream.Stream;

/** Methods, targets and versions. */
final class RequestLineCases {
    static final List<ConformanceCase> CASES = Stream.of(methods(), versions(), spaces(), forms(), bytes())
            .flatMap(List::stream)
            .toList();

    private RequestLineCases() {}

    private static List<ConformanceCase> methods() {
        return List.of(
                ConformanceCase.passed(
                        "a method in lower case", "RFC 9110 9.1", lined("get /x HTTP/1.1"), line("get /x HTTP/1.1")),
                ConformanceCase.passed(
                        "an unknown method", "RFC 9110 9.1", lined("FROB /x HTTP/1.1"), line("FROB /x HTTP/1.1")),
                ConformanceCase.passed(
                        "every byte that a method may have",
                        "RFC 9110 9.1",
                        lined("a!#$%&'*+-.^_`|~9 /x HTTP/1.1"),
                        line("a!#$%&'*+-.^_`|~9 /x HTTP/1.1")),
                ConformanceCase.of("a method of 300 bytes", "RFC 9112 3", lined("M".repeat(300) + " /x HTTP/1.1"))
                        .expect(either(respondsWithOneOf(400, 414, 431, 501), Expectation.ONE_REQUEST)),
                ConformanceCase.of("a method of 50 KB", "RFC 9112 3", lined("M".repeat(50_000) + " /x HTTP/1.1"))
                        .expect(respondsWithOneOf(400, 414, 431, 501), Expectation.NOTHING_WHOLE),
                bad("a method with brackets", "GE(T /x HTTP/1.1"),
                ConformanceCase.of("a comma before the method", "RFC 9110 9.1", lined(",GET /x HTTP/1.1"))
                        .expect(responds(400), Expectation.NOTHING_WHOLE),
                bad("a colon before the method", ":GET /x HTTP/1.1"),
                bad("two colons before the method", "::GET /x HTTP/1.1"),
                bad("a colon as the method", ": /x HTTP/1.1"),
                bad("a colon in the method", "GE:T /x HTTP/1.1"),
                bad("a colon after the method", "GET: /x HTTP/1.1"),
                ConformanceCase.refused(
                        "a colon before the method, after an empty line",
                        "RFC 9112 3",
                        400,
                        "\r\n" + lined(":GET /x HTTP/1.1")),
                bad("a brace before the method", "{GET /x HTTP/1.1"),
                bad("a method with NUL", "GE\0T /x HTTP/1.1"),
                bad("a method with a Latin-1 byte", "G\u00c9T /x HTTP/1.1"),
                bad("no method", " /x HTTP/1.1"),
                ConformanceCase.of("CONNECT", "RFC 9110 9.3.6", lined("CONNECT example.com:443 HTTP/1.1") + SMUGGLED)
                        .expect(respondsWithOneOf(400, 405, 501), Expectation.NOTHING_WHOLE));
    }

    private static List<ConformanceCase> versions() {
        return List.of(
                malformedVersion("no version (HTTP/0.9)", "GET /x"),
                malformedVersion("a space instead of a version", "GET /x "),
                malformedVersion("a version without a target", "GET HTTP/1.1"),
                malformedVersion("HTTP/1", "GET /x HTTP/1"),
                malformedVersion("HTTP/1 of the root", "GET / HTTP/1"),
                malformedVersion("HTTP/1.", "GET /x HTTP/1."),
                malformedVersion("HTTP/.1", "GET /x HTTP/.1"),
                malformedVersion("HTTP/3", "GET /x HTTP/3"),
                malformedVersion("HTTP/11", "GET /x HTTP/11"),
                malformedVersion("HTTP/1.10", "GET /x HTTP/1.10"),
                malformedVersion("HTTP/1.22", "GET /x HTTP/1.22"),
                malformedVersion("HTTP/01.1", "GET /x HTTP/01.1"),
                malformedVersion("HTTP/1,1", "GET /x HTTP/1,1"),
                malformedVersion("HTTP/1.x", "GET /x HTTP/1.x"),
                malformedVersion("HTTP/-1.1", "GET /x HTTP/-1.1"),
                malformedVersion("HTTP 1.1", "GET /x HTTP 1.1"),
                malformedVersion("HTTP1.1", "GET /x HTTP1.1"),
                malformedVersion("HTTP//1.1", "GET /x HTTP//1.1"),
                malformedVersion("HTTP/1.1 with a letter after it", "GET /x HTTP/1.1x"),
                malformedVersion("HTTP/1.1 twice", "GET /x HTTP/1.1 HTTP/1.1"),
                malformedVersion("http/1.1 in lower case", "GET /x http/1.1"),
                malformedVersion("Http/1.1", "GET /x Http/1.1"),
                malformedVersion("HTTPS/1.1", "GET /x HTTPS/1.1"),
                malformedVersion("XHTTP/1.1", "GET /x XHTTP/1.1"),
                malformedVersion("a space in the version", "GET /x HTTP/ 1.1"),
                malformedVersion("a tab after the version", "GET /x HTTP/1.1\t"),
                malformedVersion("NUL in the version", "GET /x HTTP/1.1\0"),
                unsupportedVersion("HTTP/0.9"),
                unsupportedVersion("HTTP/2.0"),
                unsupportedVersion("HTTP/2.1"),
                unsupportedVersion("HTTP/3.0"),
                unsupportedVersion("HTTP/9.9"),
                laterMinorVersion("HTTP/1.2"),
                laterMinorVersion("HTTP/1.9"));
    }

    private static List<ConformanceCase> spaces() {
        return List.of(
                bad("a space before the method", " GET /x HTTP/1.1"),
                bad("a tab instead of a space", "GET\t/x HTTP/1.1"),
                bad("a vertical tab instead of a space", "GET\u000b/x HTTP/1.1"),
                bad("a bare CR instead of a space", "GET /x\rHTTP/1.1"),
                bad("a space in the target", "GET /x y HTTP/1.1"),
                bad("a tab in the target", "GET /x\ty HTTP/1.1"),
                bad("two spaces before the target", "GET  /x HTTP/1.1"),
                bad("two spaces before the version", "GET /x  HTTP/1.1"),
                bad("a space after the version", "GET /x HTTP/1.1 "),
                bad("a tab before the version", "GET /x\tHTTP/1.1"),
                bad("a form feed instead of a space", "GET\f/x HTTP/1.1"),
                ConformanceCase.of("an empty line before the request", "RFC 9112 2.2", "\r\n" + get("/x"))
                        .expect(responds(200), Expectation.ONE_REQUEST),
                ConformanceCase.of("a line that ends with a bare LF", "RFC 9112 2.2", "GET /x HTTP/1.1\nHost: h\n\n")
                        .expect(either(responds(200), responds(400))),
                ConformanceCase.of("a bare CR before the request", "RFC 9112 2.2", "\r" + get("/x") + SMUGGLED)
                        .expect(responds(400), Expectation.NOTHING_WHOLE));
    }

    private static List<ConformanceCase> forms() {
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

    private static List<ConformanceCase> bytes() {
        return List.of(
                unencoded("a fragment", "/x#y"),
                unencoded("a fragment after a query", "/x?y#z"),
                unencoded("a Latin-1 byte in the path", "/\u00e9"),
                unencoded("UTF-8 in the path", "/\u00c3\u00a9"),
                unencoded("a Latin-1 byte in the query", "/x?\u00e9"),
                unencoded("UTF-8 in the query", "/x?\u00c3\u00a9"),
                bad("NUL in the path", "GET /x\0 HTTP/1.1"),
                bad("NUL in the query", "GET /x?\0 HTTP/1.1"),
                bad("DEL in the path", "GET /x\u007f HTTP/1.1"),
                bad("DEL in the query", "GET /x?\u007f HTTP/1.1"),
                bad("a control character in the query", "GET /x?\u0001 HTTP/1.1"),
                unwise("angle brackets in the path", "/x<y>"),
                unwise("a quote in the path", "/x\"y"),
                unwise("braces in the path", "/x{y}"),
                unwise("a caret in the query", "/x?a^b"),
                unwise("a bar in the query", "/x?a|b"),
                unwise("a backslash in the query", "/x?a\\b"),
                ConformanceCase.of("a target of 60 KB", "RFC 9110 15.5.15", get("/" + "x".repeat(60_000)) + SMUGGLED)
                        .expect(respondsWithOneOf(414, 431), Expectation.NOTHING_WHOLE),
                ConformanceCase.of("a query of 60 KB", "RFC 9110 15.5.15", get("/x?" + "x".repeat(60_000)) + SMUGGLED)
                        .expect(respondsWithOneOf(414, 431), Expectation.NOTHING_WHOLE),
                ConformanceCase.of("a target of 8 KB", "RFC 9112 3", get("/" + "x".repeat(8_000)))
                        .expect(responds(200), Expectation.ONE_REQUEST));
    }

    private static String lined(String line) {
        return head(line, "Host: h");
    }

    private static ConformanceCase bad(String name, String line) {
        return ConformanceCase.refused(name, "RFC 9112 3", 400, lined(line));
    }

    private static ConformanceCase unencoded(String name, String target) {
        return ConformanceCase.of(name, "RFC 9112 3.2", get(target)).expect(responds(400), Expectation.NOTHING_WHOLE);
    }

    private static ConformanceCase malformedVersion(String name, String line) {
        return ConformanceCase.refused("version: " + name, "RFC 9112 2.3", 400, lined(line));
    }

    private static ConformanceCase unsupportedVersion(String version) {
        return ConformanceCase.refused("version: " + version, "RFC 9110 15.6.6", 505, lined("GET /x " + version));
    }

    private static ConformanceCase laterMinorVersion(String version) {
        return ConformanceCase.passed(
                "version: " + version, "RFC 9110 6.2", lined("GET /x " + version), line("GET /x HTTP/1.1"));
    }

    /** Bytes that RFC 3986 forbids: the gateway rejects them, or forwards them unchanged. */
    private static ConformanceCase unwise(String name, String target) {
        return ConformanceCase.of(name, "RFC 3986 2", get(target))
                .expect(either(
                        responds(400), Expectation.all(respondsFirst(200), line("GET " + target + " HTTP/1.1"))));
    }
}
