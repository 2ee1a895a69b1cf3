package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.all;
import static dev.pintle.conformance.Expectation.either;
import static dev.pintle.conformance.Expectation.responds;
import static dev.pintle.conformance.Expectation.respondsWithOneOf;
import static dev.pintle.conformance.Expectation.upstreamSees;
import static dev.pintle.conformance.RawMessages.SMUGGLED;
import static dev.pintle.conformance.RawMessages.get;

import java.util.List;
import java.util.stream.IntStream;

/** Header names and values. */
final class FieldCases {
    private static final String EVERY_VISIBLE = IntStream.rangeClosed('!', '~')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    private static final String EVERY_HIGH = IntStream.rangeClosed(0x80, 0xff)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    static final List<ConformanceCase> CASES = List.of(
            bad("a space before the colon", "X-A : 1"),
            bad("a tab before the colon", "X-A\t: 1"),
            bad("no colon", "X-A"),
            bad("an empty name", ": 1"),
            bad("a space in a name", "X A: 1"),
            bad("brackets in a name", "X(A): 1"),
            bad("a slash in a name", "X/A: 1"),
            bad("a quote in a name", "\"X\": 1"),
            bad("NUL in a name", "X\0A: 1"),
            bad("a Latin-1 byte in a name", "X\u00e9: 1"),
            bad("DEL in a name", "X\u007f: 1"),
            bad("NUL in a value", "X-A: a\0b"),
            bad("a bare CR in a value", "X-A: a\rb"),
            bad("a bare CR at the end of a value", "X-A: a\r"),
            bad("a bare CR that hides a header", "X-A: a\rX-B: b"),
            bad("a folded value", "X-A: a\r\n b"),
            bad("a value folded with a tab", "X-A: a\r\n\tb"),
            ConformanceCase.refused(
                    "white space before the first header", "RFC 9112 2.2", 400, "GET /x HTTP/1.1\r\n Host: h\r\n\r\n"),
            ConformanceCase.of("a bare LF in a value", "RFC 9112 2.2", get("/x", "X-A: a\nX-B: b"))
                    .expect(either(
                            responds(400), all(responds(200), upstreamSees("X-A", "a"), upstreamSees("X-B", "b")))),
            value("every visible byte", EVERY_VISIBLE),
            value("every byte above ASCII", EVERY_HIGH),
            value("tabs and spaces inside", "a\t b  c"),
            value("capitals", "AbC"),
            value("a comma at each end", ",a,"),
            value("8 KB", "x".repeat(8_000)),
            value("nothing", ""),
            ConformanceCase.passed(
                    "white space around a value", "RFC 9110 5.5", get("/x", "X-A: \t a \t"), upstreamSees("X-A", "a")),
            ConformanceCase.passed(
                    "no white space before a value", "RFC 9110 5.5", get("/x", "X-A:a"), upstreamSees("X-A", "a")),
            ConformanceCase.passed(
                    "a header that comes twice",
                    "RFC 9110 5.3",
                    get("/x", "X-A: b", "X-B: 1", "x-a: a"),
                    upstreamSees("X-A", "b", "a")),
            control("a control character", '\u0001'),
            control("an escape", '\u001b'),
            control("DEL", '\u007f'),
            control("a vertical tab", '\u000b'),
            ConformanceCase.passed(
                    "a hundred headers", "RFC 9110 5.4", get("/x", numbered(100)), upstreamSees("X-99", "v")),
            ConformanceCase.passed(
                    "two hundred headers, Host included",
                    "RFC 6585 5",
                    get("/x", numbered(199)),
                    upstreamSees("X-198", "v")),
            ConformanceCase.refused("one header more", "RFC 6585 5", 431, get("/x", numbered(200))),
            ConformanceCase.refused("headers of two bytes each", "RFC 6585 5", 431, get("/x", tiny(7_000))),
            ConformanceCase.of("ten thousand headers", "RFC 6585 5", get("/x", numbered(10_000)) + SMUGGLED)
                    .expect(respondsWithOneOf(400, 431), Expectation.NOTHING_WHOLE),
            ConformanceCase.of("a header of 100 KB", "RFC 6585 5", get("/x", "X-A: " + "x".repeat(100_000)) + SMUGGLED)
                    .expect(respondsWithOneOf(400, 431), Expectation.NOTHING_WHOLE),
            ConformanceCase.of("a name of 100 KB", "RFC 6585 5", get("/x", "X".repeat(100_000) + ": x") + SMUGGLED)
                    .expect(respondsWithOneOf(400, 431), Expectation.NOTHING_WHOLE),
            ConformanceCase.of("a head that ends early", "RFC 9112 8", "GET /x HTTP/1.1\r\nHost: h\r\nX-A:")
                    .expect(Expectation.NOTHING_WHOLE));

    private FieldCases() {}

    private static ConformanceCase bad(String name, String field) {
        return ConformanceCase.refused(name, "RFC 9112 5", 400, get("/x", field));
    }

    private static ConformanceCase value(String name, String value) {
        return ConformanceCase.passed(
                "a value of " + name, "RFC 9110 5.5", get("/x", "X-A: " + value), upstreamSees("X-A", value));
    }

    /** Rejects the value, or forwards it unchanged (RFC 9110 section 5.5). */
    private static ConformanceCase control(String name, char b) {
        return ConformanceCase.of(name + " in a value", "RFC 9110 5.5", get("/x", "X-A: a" + b + "b"))
                .expect(either(responds(400), all(responds(200), upstreamSees("X-A", "a" + b + "b"))));
    }

    private static String[] tiny(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a:").toArray(String[]::new);
    }

    private static String[] numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "X-" + i + ": v").toArray(String[]::new);
    }
}
