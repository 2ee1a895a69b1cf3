package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.content;
import static dev.pintle.conformance.Expectation.rejectedOrPassed;
import static dev.pintle.conformance.Expectation.responds;
import static dev.pintle.conformance.Expectation.respondsWithOneOf;
import static dev.pintle.conformance.Expectation.trailers;
import static dev.pintle.conformance.RawMessages.SMUGGLED;
import static dev.pintle.conformance.RawMessages.chunked;

import java.util.List;
import java.util.stream.Stream;

/** The chunked coding, byte by byte. */
final class ChunkedCodingCases {
    private static final String END = "\r\n0\r\n\r\n";

    static final List<ConformanceCase> CASES = Stream.of(sizes(), extensions(), ends(), trailerSections())
            .flatMap(List::stream)
            .toList();

    private ChunkedCodingCases() {}

    private static List<ConformanceCase> sizes() {
        return List.of(
                ConformanceCase.passed(
                        "two chunks", "RFC 9112 7.1", chunked("2\r\nhe\r\n3\r\nllo" + END), content("hello")),
                ConformanceCase.passed(
                        "a size in upper case",
                        "RFC 9112 7.1",
                        chunked("A\r\n0123456789" + END),
                        content("0123456789")),
                ConformanceCase.passed(
                        "a size in lower case",
                        "RFC 9112 7.1",
                        chunked("a\r\n0123456789" + END),
                        content("0123456789")),
                ConformanceCase.passed(
                        "a size with zeros before it",
                        "RFC 9112 7.1",
                        chunked("0005\r\nhello" + END),
                        content("hello")),
                ConformanceCase.passed(
                        "a last chunk of many zeros",
                        "RFC 9112 7.1",
                        chunked("5\r\nhello\r\n000\r\n\r\n"),
                        content("hello")),
                ConformanceCase.passed("only the last chunk", "RFC 9112 7.1", chunked("0\r\n\r\n"), content("")),
                bad("a size that is not a number", "g\r\nhello"),
                bad("no size", "\r\nhello"),
                bad("a negative size", "-5\r\nhello"),
                bad("a sign before the size", "+5\r\nhello"),
                bad("0x before the size", "0x5\r\nhello"),
                bad("an underscore in the size", "0_5\r\nhello"),
                bad("a comma after the size", "5,\r\nhello"),
                bad("a space before the size", " 5\r\nhello"),
                bad("NUL after the size", "5\0\r\nhello"),
                bad("a vertical tab after the size", "5\u000b\r\nhello"),
                bad("a size of 2^31", "80000000\r\nhello"),
                bad("a size of 2^32 + 5", "100000005\r\nhello"),
                bad("a size of 2^64 + 5", "10000000000000005\r\nhello"),
                ConformanceCase.of("a space after the size", "RFC 9112 7.1.1", chunked("5 \r\nhello" + END))
                        .expect(rejectedOrPassed("hello")));
    }

    private static List<ConformanceCase> extensions() {
        return List.of(
                ConformanceCase.passed(
                        "an extension", "RFC 9112 7.1.1", chunked("5;a=b\r\nhello" + END), content("hello")),
                ConformanceCase.passed(
                        "an extension without a value",
                        "RFC 9112 7.1.1",
                        chunked("5;a\r\nhello" + END),
                        content("hello")),
                ConformanceCase.passed(
                        "a quoted extension",
                        "RFC 9112 7.1.1",
                        chunked("5;a=\"b;c\"\r\nhello" + END),
                        content("hello")),
                ConformanceCase.passed(
                        "an extension of the last chunk",
                        "RFC 9112 7.1.1",
                        chunked("5\r\nhello\r\n0;a=b\r\n\r\n"),
                        content("hello")),
                bad("a bare LF in an extension", "5;a\nb\r\nhello"),
                bad("a bare CR in an extension", "5;a\rb\r\nhello"),
                bad("NUL in an extension", "5;a=\0\r\nhello"),
                bad("a quote that is not closed", "5;a=\"\r\nhello"),
                bad("a line end inside quotes", "5;a=\"\r\nX\"\r\nhello"),
                bad("a bare LF inside quotes", "5;a=\"\n\"\r\nhello"),
                ConformanceCase.of(
                                "an extension of 100 KB",
                                "RFC 9112 7.1.1",
                                chunked("5;a=" + "b".repeat(100_000) + "\r\nhello" + END))
                        .expect(Expectation.either(
                                rejectedOrPassed("hello"),
                                Expectation.all(respondsWithOneOf(413, 431), Expectation.NOTHING_WHOLE))));
    }

    private static List<ConformanceCase> ends() {
        return List.of(
                bad("no line end after the data", "5\r\nhello0\r\n\r\n"),
                bad("data longer than the size", "5\r\nhelloX" + END),
                bad("data shorter than the size", "5\r\nhell" + END),
                bad("a bare LF after the size", "5\nhello" + END),
                bad("a bare CR after the size", "5\rhello" + END),
                bad("a bare LF after the data", "5\r\nhello\n0\r\n\r\n"),
                bad("a bare CR after the data", "5\r\nhello\r0\r\n\r\n"),
                bad("two bytes instead of a line end", "5\r\nhelloXX0\r\n\r\n"),
                bad("a bare LF after the last chunk", "5\r\nhello\r\n0\n\r\n"),
                cut("the end in the data", "5\r\nhel"),
                cut("the end in the line end of a chunk", "5\r\nhello\r"),
                cut("the end after a chunk", "5\r\nhello\r\n"),
                cut("the end in the size", "5\r\nhello\r\n0"),
                cut("the end before the last chunk line", "5\r\nhello\r\n0\r\n"),
                cut("the end in the last chunk line", "5\r\nhello\r\n0\r\n\r"),
                cut("the end in a trailer", "5\r\nhello\r\n0\r\nX-Sum: 1"),
                cut("the end after a trailer", "5\r\nhello\r\n0\r\nX-Sum: 1\r\n"));
    }

    private static List<ConformanceCase> trailerSections() {
        return List.of(
                ConformanceCase.passed(
                        "a trailer", "RFC 9112 7.1.2", trailed("X-Sum: 1"), content("hello"), trailers("X-Sum: 1")),
                forbidden("Content-Length", "5"),
                forbidden("Transfer-Encoding", "chunked"),
                forbidden("Host", "evil"),
                forbidden("Authorization", "x"),
                forbidden("Connection", "close"),
                forbidden("X-Forwarded-For", "6.6.6.6"),
                forbidden("Cookie", "a=b"),
                bad("a trailer with a space in its name", "5\r\nhello\r\n0\r\nX A: 1\r\n\r\n"),
                bad("a trailer without a colon", "5\r\nhello\r\n0\r\nX-Sum\r\n\r\n"),
                bad("NUL in a trailer", "5\r\nhello\r\n0\r\nX-Sum: \0\r\n\r\n"),
                bad("a bare CR in a trailer", "5\r\nhello\r\n0\r\nX-Sum: a\rb\r\n\r\n"),
                bad("a space before a trailer's colon", "5\r\nhello\r\n0\r\nX-Sum : 1\r\n\r\n"),
                ConformanceCase.of("100 KB of trailers", "RFC 9110 6.5.1", trailed("X-Sum: " + "1".repeat(100_000)))
                        .expect(respondsWithOneOf(400, 413, 431), Expectation.NOTHING_WHOLE));
    }

    private static String trailed(String trailer) {
        return chunked("5\r\nhello\r\n0\r\n" + trailer + "\r\n\r\n", "TE: trailers", "Connection: TE");
    }

    private static ConformanceCase forbidden(String name, String value) {
        return ConformanceCase.passed(
                name + " as a trailer", "RFC 9110 6.5.1", trailed(name + ": " + value), content("hello"), trailers());
    }

    private static ConformanceCase bad(String name, String chunks) {
        return ConformanceCase.of(
                        name, "RFC 9112 7.1", chunked(chunks + (chunks.endsWith("\r\n\r\n") ? "" : END)) + SMUGGLED)
                .expect(responds(400), Expectation.NOTHING_WHOLE);
    }

    private static ConformanceCase cut(String name, String chunks) {
        return ConformanceCase.of(name, "RFC 9112 8", chunked(chunks)).expect(responds(400), Expectation.NOTHING_WHOLE);
    }
}
