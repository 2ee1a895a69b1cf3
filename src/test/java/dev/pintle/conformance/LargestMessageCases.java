package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.clientSees;
import static dev.pintle.conformance.Expectation.content;
import static dev.pintle.conformance.Expectation.line;
import static dev.pintle.conformance.Expectation.responds;
import static dev.pintle.conformance.Expectation.upstreamSees;
import static dev.pintle.conformance.RawMessages.chunked;
import static dev.pintle.conformance.RawMessages.get;
import static dev.pintle.conformance.RawMessages.ok;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Messages just below a limit of the shipped configuration, each of another shape, and messages just above it. */
final class LargestMessageCases {
    /** Below the 32 KiB of a request head, with a request line and Host. */
    private static final int REQUEST = 32_500;

    /** Below the 64 KiB of names and values in a response head. */
    private static final int RESPONSE = 65_000;

    private static final int MAX_REQUEST_HEADERS = 200;

    static final List<ConformanceCase> CASES = Stream.of(targets(), heads(), lists(), bodies(), responses(), above())
            .flatMap(List::stream)
            .toList();

    private LargestMessageCases() {}

    private static List<ConformanceCase> targets() {
        return Stream.of(
                        "/" + "x".repeat(REQUEST),
                        "/" + "x/".repeat(REQUEST / 2),
                        "/" + "%c3%a9".repeat(REQUEST / 6),
                        "/x?" + "y".repeat(REQUEST),
                        "/x?" + "y&".repeat(REQUEST / 2),
                        "/x?" + pieces("y%d=z&"),
                        "/x?" + "&".repeat(REQUEST),
                        "/x?" + "%26".repeat(REQUEST / 3))
                .map(target -> ConformanceCase.passed(
                        "the largest target like " + target.substring(0, 8),
                        "RFC 9112 3",
                        get(target),
                        line("GET " + target + " HTTP/1.1")))
                .toList();
    }

    private static List<ConformanceCase> heads() {
        String longest = "v".repeat(REQUEST);
        String name = "x".repeat(REQUEST);
        String each = "v".repeat(REQUEST / MAX_REQUEST_HEADERS - 10);
        return List.of(
                ConformanceCase.passed(
                        "the longest value",
                        "RFC 9110 5.4",
                        get("/x", "X-A: " + longest),
                        upstreamSees("X-A", longest)),
                ConformanceCase.passed(
                        "the longest name", "RFC 9110 5.4", get("/x", name + ": v"), upstreamSees(name, "v")),
                ConformanceCase.passed(
                        "the most headers with the longest values",
                        "RFC 9110 5.4",
                        get("/x", numbered(MAX_REQUEST_HEADERS - 1, each)),
                        upstreamSees("X-0", each)),
                ConformanceCase.passed(
                        "the most headers of one name",
                        "RFC 9110 5.3",
                        get("/x", Stream.generate(() -> "X-A: v").limit(199).toArray(String[]::new)),
                        upstreamSees(
                                "X-A", Stream.generate(() -> "v").limit(199).toArray(String[]::new))));
    }

    private static List<ConformanceCase> lists() {
        return List.of(
                list("Cookie", pieces("c%d=1; ") + "c=1"),
                list("Accept", pieces("text/%d;q=0.1, ") + "*/*"),
                list("Accept-Encoding", "gzip,".repeat(REQUEST / 5) + "br"),
                list("If-None-Match", pieces("\"%d\", ") + "\"x\""),
                list("Range", "bytes=" + pieces("%d-,") + "0-"),
                list("Cache-Control", pieces("x%d, ") + "no-cache"),
                replaced("X-Forwarded-For", pieces("10.1.%d.1, ") + "10.1.1.1", "127.0.0.1"),
                replaced(
                        "Forwarded", pieces("for=10.1.1.%d, ") + "for=10.1.1.1", "for=127.0.0.1;host=\"h\";proto=http"),
                replaced("X-Forwarded-Host", pieces("h%d, ") + "h", "h"),
                ConformanceCase.passed(
                        "the longest list in Via",
                        "RFC 9110 7.6.3",
                        get("/x", "Via: " + pieces("1.1 p%d, ") + "1.1 p"),
                        upstreamSees("Via", pieces("1.1 p%d, ") + "1.1 p", "1.1 pintle")),
                ConformanceCase.passed(
                        "the longest list in Connection",
                        "RFC 9110 7.6.1",
                        get("/x", "Connection: " + pieces("a%d,") + "keep-alive", "a7: v", "b7: v"),
                        upstreamSees("a7"),
                        upstreamSees("b7", "v")),
                ConformanceCase.passed(
                        "one option in Connection as often as possible",
                        "RFC 9110 7.6.1",
                        get("/x", "Connection: " + "a,".repeat(REQUEST / 2 - 50) + "keep-alive", "a: v"),
                        upstreamSees("a")),
                ConformanceCase.passed(
                        "the most headers that Connection names",
                        "RFC 9110 7.6.1",
                        get("/x", named(190)),
                        upstreamSees("X-0"),
                        upstreamSees("X-189")),
                ConformanceCase.passed(
                        "the longest list in TE",
                        "RFC 9110 10.1.4",
                        get("/x", "TE: " + pieces("a%d;q=0.5, ") + "trailers", "Connection: TE"),
                        upstreamSees("TE", "trailers")),
                list("Accept-Language", pieces("x-%d;q=0.1, ") + "en"));
    }

    private static List<ConformanceCase> bodies() {
        String extension = "5;" + "e".repeat(2_000) + "\r\nhello\r\n0\r\n\r\n";
        return List.of(
                ConformanceCase.passed(
                        "two thousand chunks of one byte",
                        "RFC 9112 7.1",
                        chunked("1\r\nx\r\n".repeat(2_000) + "0\r\n\r\n"),
                        content("x".repeat(2_000))),
                ConformanceCase.passed("a long extension", "RFC 9112 7.1.1", chunked(extension), content("hello")),
                ConformanceCase.passed(
                        "a chunk of 256 KiB",
                        "RFC 9112 7.1",
                        chunked("40000\r\n" + "x".repeat(256 << 10) + "\r\n0\r\n\r\n"),
                        content("x".repeat(256 << 10))));
    }

    private static List<ConformanceCase> responses() {
        String longest = "v".repeat(RESPONSE - 50);
        String[] cookies = IntStream.range(0, 200)
                .mapToObj(i -> "c" + i + "=" + "v".repeat(RESPONSE / 200 - 30))
                .toArray(String[]::new);
        return List.of(
                response("a value", List.of("X-A: " + longest), clientSees("X-A", longest)),
                response(
                        "cookies",
                        Stream.of(cookies)
                                .map(cookie -> "Set-Cookie: " + cookie)
                                .toList(),
                        clientSees("Set-Cookie", cookies)),
                response(
                        "headers",
                        IntStream.range(0, 990).mapToObj(i -> "X-" + i + ": v").toList(),
                        clientSees("X-989", "v")),
                response(
                        "a list in Connection",
                        List.of("Connection: " + "a,".repeat(RESPONSE / 2 - 50) + "b", "a: v", "X-B: v"),
                        clientSees("a"),
                        clientSees("X-B", "v")));
    }

    private static List<ConformanceCase> above() {
        return List.of(
                ConformanceCase.refused(
                        "a target above the limit", "RFC 9110 15.5.15", 414, get("/" + "x".repeat(33_000))),
                ConformanceCase.refused(
                        "a value above the limit", "RFC 6585 5", 431, get("/x", "X-A: " + "v".repeat(33_000))),
                ConformanceCase.refused(
                        "many values above the limit", "RFC 6585 5", 431, get("/x", numbered(190, "v".repeat(180)))),
                ConformanceCase.rejectedReply(
                        "upstream: a value above the limit",
                        "RFC 9110 5.4",
                        ok("", "X-A: " + "v".repeat(66_000), "Content-Length: 0")),
                ConformanceCase.rejectedReply(
                        "upstream: more headers than the limit",
                        "RFC 9110 5.4",
                        ok("", "a: v\r\n".repeat(1_001) + "Content-Length: 0")));
    }

    private static ConformanceCase list(String name, String value) {
        return ConformanceCase.passed(
                "the longest list in " + name,
                "RFC 9110 5.6.1",
                get("/x", name + ": " + value),
                upstreamSees(name, value));
    }

    /** A header that an untrusted client may not set. */
    private static ConformanceCase replaced(String name, String sent, String received) {
        return ConformanceCase.passed(
                "the longest list in " + name,
                "RFC 7239 8.1",
                get("/x", name + ": " + sent),
                upstreamSees(name, received));
    }

    private static ConformanceCase response(String name, List<String> fields, Expectation... further) {
        String[] all =
                Stream.concat(fields.stream(), Stream.of("Content-Length: 5")).toArray(String[]::new);
        return ConformanceCase.of("upstream: the largest head of " + name, "RFC 9110 5.4", get("/x"))
                .withReply(UpstreamReply.of(ok("hello", all)))
                .expect(responds(200))
                .expect(further);
    }

    /** Repeats a piece with numbers, up to the length that leaves space for the rest of a head. */
    private static String pieces(String piece) {
        int count = (REQUEST - 300) / piece.formatted(100).length();
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, piece, i % 200))
                .collect(Collectors.joining());
    }

    private static String[] numbered(int count, String value) {
        return IntStream.range(0, count).mapToObj(i -> "X-" + i + ": " + value).toArray(String[]::new);
    }

    private static String[] named(int count) {
        String names = IntStream.range(0, count).mapToObj(i -> "X-" + i).collect(Collectors.joining(","));
        return Stream.concat(Stream.of("Connection: " + names), Stream.of(numbered(count, "v")))
                .toArray(String[]::new);
    }
}
