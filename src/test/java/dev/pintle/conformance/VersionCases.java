package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.line;
import static dev.pintle.conformance.RawMessages.head;

import java.util.List;

/** Versions in request lines. */
final class VersionCases {
    static final List<ConformanceCase> CASES = cases();

    private VersionCases() {}

    private static List<ConformanceCase> cases() {
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
                malformedVersion("HTTP/", "GET /x HTTP/"),
                malformedVersion("HTTP", "GET /x HTTP"),
                malformedVersion("a letter", "GET /x x"),
                malformedVersion("HTTP/1.1.1", "GET /x HTTP/1.1.1"),
                malformedVersion("HTTP/12.0", "GET /x HTTP/12.0"),
                malformedVersion("HTTP/1.01", "GET /x HTTP/1.01"),
                malformedVersion("HTTP/+1.1", "GET /x HTTP/+1.1"),
                malformedVersion("HTTP/1.+1", "GET /x HTTP/1.+1"),
                malformedVersion("HTTP/0x1.1", "GET /x HTTP/0x1.1"),
                malformedVersion("HTTP/1:1", "GET /x HTTP/1:1"),
                malformedVersion("HTTP/1..1", "GET /x HTTP/1..1"),
                malformedVersion("HTTP/1/1", "GET /x HTTP/1/1"),
                malformedVersion("HTTP\\1.1", "GET /x HTTP\\1.1"),
                malformedVersion("HTP/1.1", "GET /x HTP/1.1"),
                malformedVersion("HTTP/1.1 with a comma after it", "GET /x HTTP/1.1,"),
                malformedVersion("HTTP/1.1 with a parameter", "GET /x HTTP/1.1;a=b"),
                malformedVersion("HTTP/1.1 in quotes", "GET /x \"HTTP/1.1\""),
                malformedVersion("HTTP/1.1 with a digit above ASCII", "GET /x HTTP/1.\u00b9"),
                malformedVersion("another protocol", "GET /x RTSP/1.0"),
                malformedVersion("a version of 30 KB", "GET /x HTTP/" + "1".repeat(30_000)),
                malformedVersion("no version, of a query", "GET /x?y=HTTP/1.1"),
                malformedVersion("no version, after POST", "POST /x"),
                unsupportedVersion("HTTP/0.0"),
                unsupportedVersion("HTTP/0.1"),
                unsupportedVersion("HTTP/4.0"),
                unsupportedVersion("HTTP/0.9"),
                unsupportedVersion("HTTP/2.0"),
                unsupportedVersion("HTTP/2.1"),
                unsupportedVersion("HTTP/3.0"),
                unsupportedVersion("HTTP/9.9"),
                laterMinorVersion("HTTP/1.2"),
                laterMinorVersion("HTTP/1.3"),
                laterMinorVersion("HTTP/1.5"),
                laterMinorVersion("HTTP/1.9"));
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

    private static String lined(String line) {
        return head(line, "Host: h");
    }
}
