package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.all;
import static dev.pintle.conformance.Expectation.content;
import static dev.pintle.conformance.Expectation.either;
import static dev.pintle.conformance.Expectation.rejectedOrPassed;
import static dev.pintle.conformance.Expectation.responds;
import static dev.pintle.conformance.Expectation.respondsFirst;
import static dev.pintle.conformance.Expectation.respondsWithOneOf;
import static dev.pintle.conformance.RawMessages.SMUGGLED;
import static dev.pintle.conformance.RawMessages.chunked;
import static dev.pintle.conformance.RawMessages.head;
import static dev.pintle.conformance.RawMessages.post;
import static dev.pintle.conformance.RawMessages.request;

import java.util.List;
import java.util.stream.Stream;

/** The end of a request: lengths, transfer codings, and all notations that two servers may interpret differently. */
final class MessageFramingCases {
    private static final String CHUNKS = "5\r\nhello\r\n0\r\n\r\n";

    static final List<ConformanceCase> CASES = Stream.of(lengths(), codings(), both(), disguises(), contents())
            .flatMap(List::stream)
            .toList();

    private MessageFramingCases() {}

    private static List<ConformanceCase> lengths() {
        return List.of(
                ConformanceCase.passed(
                        "a length", "RFC 9112 6.3", post("Content-Length: 5") + "hello", content("hello")),
                ConformanceCase.passed(
                        "a length with zeros before it",
                        "RFC 9110 8.6",
                        post("Content-Length: 0005") + "hello",
                        content("hello")),
                ConformanceCase.passed(
                        "white space around a length",
                        "RFC 9110 5.5",
                        post("Content-Length: \t5 \t") + "hello",
                        content("hello")),
                ConformanceCase.passed("a length of zero", "RFC 9112 6.3", post("Content-Length: 0"), content("")),
                ConformanceCase.passed("POST without a length", "RFC 9112 6.3", post(), content("")),
                length("two lengths that differ", "5\r\nContent-Length: 6"),
                length("a list of lengths that differ", "5, 6"),
                length("a sign before the length", "+5"),
                length("a negative length", "-1"),
                length("a hexadecimal length", "0x5"),
                length("an empty length", ""),
                length("a length in two words", "5 5"),
                length("a length with a parameter", "5;"),
                length("a fraction", "5.0"),
                length("an exponent", "5e0"),
                length("a length in quotes", "\"5\""),
                length("digits of another script", "\u00d9\u00a5"),
                length("a vertical tab after the length", "5\u000b"),
                length("a form feed before the length", "\f5"),
                length("a comma after the length", "5,"),
                length("a length of 2^63", "9223372036854775808"),
                length("a length of 2^64 + 5", "18446744073709551621"),
                length("a length of thirty digits", "9".repeat(30)),
                ConformanceCase.of(
                                "a length twice",
                                "RFC 9110 8.6",
                                post("Content-Length: 5", "Content-Length: 5") + "hello")
                        .expect(rejectedOrPassed("hello")),
                ConformanceCase.of("a list of equal lengths", "RFC 9110 8.6", post("Content-Length: 5, 5") + "hello")
                        .expect(rejectedOrPassed("hello")),
                ConformanceCase.of("a body that ends early", "RFC 9112 8", post("Content-Length: 500") + "hello")
                        .expect(responds(400), Expectation.NOTHING_WHOLE),
                ConformanceCase.of("bytes after the body", "RFC 9112 6.3", post("Content-Length: 3") + "hello\r\n\r\n")
                        .expect(respondsFirst(200), content("hel"), Expectation.ONE_REQUEST));
    }

    private static ConformanceCase length(String name, String value) {
        return ConformanceCase.refused(name, "RFC 9112 6.3", 400, post("Content-Length: " + value) + "hello");
    }

    private static List<ConformanceCase> codings() {
        return List.of(
                ConformanceCase.passed("chunks", "RFC 9112 7.1", chunked(CHUNKS), content("hello")),
                ConformanceCase.passed("chunked in upper case", "RFC 9112 7", coded("CHUNKED"), content("hello")),
                ConformanceCase.passed(
                        "white space around chunked", "RFC 9110 5.5", coded("\t chunked \t"), content("hello")),
                coding("an unknown coding", "cow"),
                coding("xchunked", "xchunked"),
                coding("chunked in quotes", "\"chunked\""),
                coding("chunked with a parameter", "chunked;q=1"),
                coding("a semicolon after chunked", "chunked;"),
                coding("a vertical tab before chunked", "\u000bchunked"),
                coding("a Latin-1 byte after chunked", "chunked\u00a0"),
                coding("NUL after chunked", "chunked\0"),
                coding("identity", "identity"),
                decodable("identity before chunked", "identity, chunked"),
                coding("identity after chunked", "chunked, identity"),
                coding("chunked twice", "chunked, chunked"),
                coding("chunked in two headers", "chunked\r\nTransfer-Encoding: chunked"),
                coding("chunked and identity in two headers", "chunked\r\nTransfer-Encoding: identity"),
                coding("chunked not last", "chunked, gzip"),
                coding("only gzip", "gzip"),
                decodable("gzip before chunked", "gzip, chunked"),
                decodable("gzip and chunked in two headers", "gzip\r\nTransfer-Encoding: chunked"),
                coding("no coding at all", ""),
                ConformanceCase.of("an empty list element", "RFC 9110 5.6.1.2", coded(", chunked"))
                        .expect(rejectedOrPassed("hello")));
    }

    /** Rejects an unsupported coding with 400 or 501 (RFC 9112 section 6.1), and ignores the following bytes. */
    private static ConformanceCase coding(String name, String value) {
        return ConformanceCase.of(name, "RFC 9112 6.1", coded(value) + SMUGGLED)
                .expect(respondsWithOneOf(400, 501), Expectation.NOTHING_WHOLE);
    }

    /** A coding that the gateway does not support, but whose end it detects. */
    private static ConformanceCase decodable(String name, String value) {
        return ConformanceCase.of(name, "RFC 9112 6.1", coded(value))
                .expect(respondsWithOneOf(400, 501), Expectation.NOTHING_WHOLE);
    }

    private static String coded(String value) {
        return post("Transfer-Encoding: " + value) + CHUNKS;
    }

    private static List<ConformanceCase> both() {
        return List.of(
                ConformanceCase.refused(
                        "a length and chunks",
                        "RFC 9112 6.3",
                        400,
                        post("Content-Length: 5", "Transfer-Encoding: chunked") + CHUNKS),
                ConformanceCase.refused(
                        "chunks and a length",
                        "RFC 9112 6.3",
                        400,
                        post("Transfer-Encoding: chunked", "Content-Length: 5") + CHUNKS),
                ConformanceCase.refused(
                        "chunks and a length of zero",
                        "RFC 9112 6.3",
                        400,
                        post("Transfer-Encoding: chunked", "Content-Length: 0") + CHUNKS),
                ConformanceCase.refused(
                        "a length and an unknown coding",
                        "RFC 9112 6.3",
                        400,
                        post("Content-Length: 5", "Transfer-Encoding: cow") + "hello"),
                ConformanceCase.refused(
                        "a length and identity",
                        "RFC 9112 6.3",
                        400,
                        post("Content-Length: 5", "Transfer-Encoding: identity") + "hello"),
                ConformanceCase.refused(
                        "a length, and a bad coding in upper case",
                        "RFC 9112 6.3",
                        400,
                        post("content-length: 5", "TRANSFER-ENCODING: xchunked") + "hello"),
                ConformanceCase.of(
                                "chunks in HTTP/1.0",
                                "RFC 9112 6.1",
                                head(
                                                "POST /x HTTP/1.0",
                                                "Host: h",
                                                "Connection: keep-alive",
                                                "Transfer-Encoding: chunked")
                                        + CHUNKS
                                        + SMUGGLED)
                        .expect(either(
                                all(respondsWithOneOf(400, 501, 505), Expectation.NOTHING_WHOLE),
                                all(respondsFirst(200), Expectation.ONE_REQUEST))));
    }

    private static List<ConformanceCase> disguises() {
        return List.of(
                disguised("a space before the colon", "Transfer-Encoding : chunked"),
                disguised("a tab before the colon", "Transfer-Encoding\t: chunked"),
                disguised("NUL in the name", "Transfer\0-Encoding: chunked"),
                disguised("a Latin-1 byte before the name", "\u00a0Transfer-Encoding: chunked"),
                disguised("a bare CR before the header", "X: a\rTransfer-Encoding: chunked"),
                disguised("a bare CR after the colon", "Transfer-Encoding:\rchunked"),
                disguised("a bare LF before the header", "X: a\nTransfer-Encoding: chunked"),
                disguised("a folded line", "X: a\r\n\tTransfer-Encoding: chunked", respondsWithOneOf(400)),
                disguised("a folded value", "Transfer-Encoding:\r\n chunked"),
                ConformanceCase.passed(
                        "an underscore instead of the hyphen",
                        "RFC 9110 17.10",
                        post("Content-Length: 5", "Transfer_Encoding: chunked", "Content_Length: 0") + "hello",
                        content("hello")),
                ConformanceCase.refused(
                        "white space before Transfer-Encoding as the first header",
                        "RFC 9112 2.2",
                        400,
                        head("POST /x HTTP/1.1", " Transfer-Encoding: chunked", "Host: h", "Content-Length: 5")
                                + "hello"),
                ConformanceCase.refused(
                        "a folded length", "RFC 9112 5.2", 400, post("Content-Length:\r\n 5") + "hello"),
                ConformanceCase.refused(
                        "a length that is folded twice",
                        "RFC 9112 5.2",
                        400,
                        post("Content-Length: 5\r\n 6") + "hello"));
    }

    private static ConformanceCase disguised(String name, String field) {
        return disguised(name, field, responds(400));
    }

    private static ConformanceCase disguised(String name, String field, Expectation outcome) {
        return ConformanceCase.of(
                        "Transfer-Encoding beside a length: " + name,
                        "RFC 9112 5.1",
                        post("Content-Length: 5", field) + CHUNKS + SMUGGLED)
                .expect(outcome, Expectation.NOTHING_WHOLE);
    }

    private static List<ConformanceCase> contents() {
        return Stream.concat(
                        Stream.of("GET", "DELETE", "OPTIONS", "PROPFIND")
                                .map(method -> ConformanceCase.passed(
                                        "content of " + method,
                                        "RFC 9110 9.3.1",
                                        request(method + " /x", "Content-Length: " + SMUGGLED.length()) + SMUGGLED,
                                        content(SMUGGLED))),
                        Stream.of(
                                ConformanceCase.passed(
                                                "content of HEAD",
                                                "RFC 9110 9.3.2",
                                                request("HEAD /x", "Content-Length: " + SMUGGLED.length()) + SMUGGLED,
                                                content(SMUGGLED))
                                        .withReply(UpstreamReply.of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")),
                                ConformanceCase.passed(
                                        "content of GET in chunks",
                                        "RFC 9110 9.3.1",
                                        request("GET /x", "Transfer-Encoding: chunked") + CHUNKS,
                                        content("hello")),
                                ConformanceCase.of(
                                                "content of TRACE",
                                                "RFC 9110 9.3.8",
                                                request("TRACE /x", "Content-Length: " + SMUGGLED.length()) + SMUGGLED)
                                        .expect(rejectedOrPassed(SMUGGLED))))
                .toList();
    }
}
