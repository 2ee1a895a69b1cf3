package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.upstreamSees;
import static dev.pintle.conformance.RawMessages.head;

import java.util.List;

/** The host of a request. */
final class HostCases {
    static final List<ConformanceCase> CASES = List.of(
            ConformanceCase.refused("no Host", "RFC 9112 3.2", 400, head("GET /x HTTP/1.1")),
            ConformanceCase.refused("two Hosts", "RFC 9112 3.2", 400, head("GET /x HTTP/1.1", "Host: a", "Host: b")),
            ConformanceCase.refused(
                    "the same Host twice", "RFC 9112 3.2", 400, head("GET /x HTTP/1.1", "Host: h", "Host: h")),
            ConformanceCase.refused(
                    "two Hosts in HTTP/1.0", "RFC 9112 3.2", 400, head("GET /x HTTP/1.0", "Host: a", "Host: b")),
            invalid("a space in the host", "h h"),
            invalid("a path", "h/x"),
            invalid("a query", "h?x"),
            invalid("user information", "user@h"),
            invalid("a port that is not a number", "h:http"),
            invalid("a port above 65535", "h:99999"),
            invalid("port 0", "h:0"),
            invalid("a port without a name", ":80"),
            invalid("a colon alone", ":"),
            invalid("a port above 65535 with zeros before it", "h:0065536"),
            invalid("a port of twenty digits", "h:" + "9".repeat(20)),
            invalid("a negative port", "h:-1"),
            invalid("two ports", "h:80:80"),
            invalid("a bracket that is not closed", "[::1"),
            invalid("no address in brackets", "[x]"),
            invalid("an IPv4 address in brackets", "[192.0.2.1]"),
            invalid("letters after brackets", "[::1]h"),
            invalid("a name of 256 characters", "h".repeat(256)),
            invalid("a name of 30 KB", "h.".repeat(15_000) + "h"),
            invalid("two hosts in a list", "h, i"),
            invalid("NUL", "h\0"),
            invalid("a quote", "h\""),
            invalid("a backslash", "h\\i"),
            invalid("angle brackets", "<h>"),
            invalid("a Latin-1 byte", "h\u00e9"),
            invalid("a percent sign that begins no encoding", "h%zz"),
            invalid("a bare CR", "h\rX: y"),
            ConformanceCase.refused("an empty Host", "RFC 9110 4.2.1", 400, head("GET /x HTTP/1.1", "Host:")),
            ConformanceCase.refused(
                    "a Host of white space", "RFC 9110 4.2.1", 400, head("GET /x HTTP/1.1", "Host: \t ")),
            host("a name", "api.example.com"),
            host("a port", "h:8080"),
            ConformanceCase.passed(
                    "Host: an empty port",
                    "RFC 3986 3.2.3",
                    head("GET /x HTTP/1.1", "Host: example.com:"),
                    upstreamSees("X-Forwarded-Host", "example.com")),
            ConformanceCase.passed(
                    "Host: an IPv6 address with an empty port",
                    "RFC 3986 3.2.3",
                    head("GET /x HTTP/1.1", "Host: [::1]:"),
                    upstreamSees("X-Forwarded-Host", "[::1]")),
            host("an encoded byte", "a%41b"),
            host("a name of 255 characters", "h".repeat(255)),
            host("an IPv4 address", "192.0.2.1:8080"),
            host("an IPv6 address", "[2001:db8::1]:443"),
            ConformanceCase.passed(
                    "white space around Host",
                    "RFC 9110 5.5",
                    head("GET /x HTTP/1.1", "Host: \th "),
                    upstreamSees("X-Forwarded-Host", "h")));

    private HostCases() {}

    private static ConformanceCase invalid(String name, String value) {
        return ConformanceCase.refused(
                "Host with " + name, "RFC 9112 3.2", 400, head("GET /x HTTP/1.1", "Host: " + value));
    }

    private static ConformanceCase host(String name, String value) {
        return ConformanceCase.passed(
                "Host: " + name,
                "RFC 9110 7.2",
                head("GET /x HTTP/1.1", "Host: " + value),
                upstreamSees("X-Forwarded-Host", value));
    }
}
