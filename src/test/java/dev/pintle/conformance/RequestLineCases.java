package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.either;
import static dev.pintle.conformance.Expectation.line;
import static dev.pintle.conformance.Expectation.responds;
import static dev.pintle.conformance.Expectation.respondsFirst;
import static dev.pintle.conformance.Expectation.respondsWithOneOf;
import static dev.pintle.conformance.RawMessages.SMUGGLED;
import static dev.pintle.conformance.RawMessages.get;
import static dev.pintle.conformance.RawMessages.head;

import java.util.List;
import java.util.stream.Stream;

/** Methods, and the bytes between the parts of a request line. */
final class RequestLineCases {
    static final List<ConformanceCase> CASES =
            Stream.of(methods(), spaces(), bytes()).flatMap(List::stream).toList();

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
                bad("a comma in the method", "G,ET /x HTTP/1.1"),
                bad("a semicolon in the method", "GET;a=b /x HTTP/1.1"),
                bad("an equals sign in the method", "a=b /x HTTP/1.1"),
                bad("an at sign in the method", "@GET /x HTTP/1.1"),
                bad("a slash after the method", "GET/ /x HTTP/1.1"),
                bad("a backslash in the method", "GET\\ /x HTTP/1.1"),
                bad("a quoted method", "\"GET\" /x HTTP/1.1"),
                bad("a method with DEL", "GE\u007fT /x HTTP/1.1"),
                bad("a byte order mark before the method", "\u00ef\u00bb\u00bfGET /x HTTP/1.1"),
                bad("a response instead of a request", "HTTP/1.1 200 OK"),
                bad("a header instead of a request line", "Host: h"),
                bad("a brace before the method", "{GET /x HTTP/1.1"),
                bad("a method with NUL", "GE\0T /x HTTP/1.1"),
                bad("a method with a Latin-1 byte", "G\u00c9T /x HTTP/1.1"),
                bad("no method", " /x HTTP/1.1"),
                ConformanceCase.of("CONNECT", "RFC 9110 9.3.6", lined("CONNECT example.com:443 HTTP/1.1") + SMUGGLED)
                        .expect(respondsWithOneOf(400, 405, 501), Expectation.NOTHING_WHOLE));
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
                ConformanceCase.refused(
                        "a line of spaces before the request", "RFC 9112 2.2", 400, "  \r\n" + get("/x")),
                ConformanceCase.refused(
                        "a line of a tab before the request", "RFC 9112 2.2", 400, "\t\r\n" + get("/x")),
                ConformanceCase.of("three empty lines before the request", "RFC 9112 2.2", "\r\n\r\n\r\n" + get("/x"))
                        .expect(either(responds(200), responds(400))),
                ConformanceCase.of(
                                "bytes of another protocol", "RFC 9112 3", "\u0016\u0003\u0001\0\u00a5\u0001\0\0\n\n")
                        .expect(respondsWithOneOf(400), Expectation.NOTHING_WHOLE),
                cut("an end in the method", "GE"),
                cut("an end in the target", "GET /x"),
                cut("an end after the version", "GET /x HTTP/1.1\r\n"),
                ConformanceCase.of("a line that ends with a bare LF", "RFC 9112 2.2", "GET /x HTTP/1.1\nHost: h\n\n")
                        .expect(either(responds(200), responds(400))),
                ConformanceCase.of("a bare CR before the request", "RFC 9112 2.2", "\r" + get("/x") + SMUGGLED)
                        .expect(responds(400), Expectation.NOTHING_WHOLE));
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

    /** Requires that nothing is forwarded; the gateway may respond before it closes the connection. */
    private static ConformanceCase cut(String name, String start) {
        return ConformanceCase.of(name, "RFC 9112 8", start)
                .expect(either(responds(), responds(400)), Expectation.NOTHING_WHOLE);
    }

    private static ConformanceCase unencoded(String name, String target) {
        return ConformanceCase.of(name, "RFC 9112 3.2", get(target)).expect(responds(400), Expectation.NOTHING_WHOLE);
    }

    /** Bytes that RFC 3986 forbids: the gateway rejects them, or forwards them unchanged. */
    private static ConformanceCase unwise(String name, String target) {
        return ConformanceCase.of(name, "RFC 3986 2", get(target))
                .expect(either(
                        responds(400), Expectation.all(respondsFirst(200), line("GET " + target + " HTTP/1.1"))));
    }
}
